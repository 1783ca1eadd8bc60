"""Keeping what was typed when a form comes too late: the fields are handed back with a fresh token.

Secrets are not: a password, a kit or a code is typed again, and never stands in a page.
"""

from flask import render_template, request

SECRETS = {
    "case.enter": {"code"},
    "desk.sign_in": {"password", "code"},
    "desk_join.choose": {"password", "totp_code"},
    "desk_join.code": {"code"},
    "desk_join.recover": {"kit"},
    "desk_settings.password": {"old", "new"},
    "report.check": {"last_group"},
}


def came_from_this_site() -> bool:
    """Whether the browser itself says that one of our own pages sent this form."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def carry_on(door: str | None = None) -> str:
    """The page that sends the same fields once more; `door` is where to get in first, if one must."""
    secret = SECRETS.get(request.endpoint or "", set())
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if not name.endswith("csrf_token") and name not in secret
    ]
    return render_template(
        "errors/carry_on.html",
        action=request.full_path.rstrip("?"),
        fields=fields,
        had_files=any(file.filename for file in request.files.values()),
        door=door,
    )
