"""Keeping what was typed when a form comes too late: the fields are handed back with a fresh token."""

from flask import render_template, request


def came_from_this_site() -> bool:
    """Whether the browser itself says that one of our own pages sent this form."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def carry_on(door: str | None = None) -> str:
    """The page that sends the same fields once more; `door` is where to get in first, if one must."""
    fields = [pair for pair in request.form.items(multi=True) if not pair[0].endswith("csrf_token")]
    return render_template(
        "errors/carry_on.html",
        action=request.full_path.rstrip("?"),
        fields=fields,
        had_files=any(file.filename for file in request.files.values()),
        door=door,
    )
