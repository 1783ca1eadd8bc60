"""The last page before sending: every answer with a way back to it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import InvalidInput
from app.services import draft_files, filing, proposals
from app.web.languages import language
from app.web.report import answers, flow
from app.web.report.flow import PAGES, Seen, blueprint
from app.web.report.questions import elsewhere
from app.web.report.sentences import FAULTS
from app.web.unit import reading, writing

# The page on which a fault of a field is put right.
PAGE_OF = {"happened": "what", "system": "system", "since": "since", "wish": "want"}


@blueprint.get("/review")
def review() -> ResponseReturnValue:
    """All answers, and the button that sends them."""
    seen = flow.seen()
    return elsewhere(seen) if seen is None or seen.draft.sent else _render(seen)


@blueprint.post("/send")
def send() -> ResponseReturnValue:
    """File the report; sent twice, it is filed once."""
    try:
        with writing() as ctx:
            filing.submit(ctx, flow.draft_token(), language())
    except InvalidInput as refusal:
        seen = flow.seen()
        page = PAGE_OF.get(str(refusal.facts.get("field")), "what")
        return (_render(seen, (refusal.code, page)), 422) if seen else elsewhere(None)
    return redirect(url_for("report.done"), 303)


def _render(seen: Seen, fault: tuple[str, str] | None = None) -> str:
    with reading() as ctx:
        files = draft_files.list_files(ctx, seen.draft)
        names = proposals.propose(ctx, seen.report.system_id, seen.report.harms).parties
    found = fault or (None if seen.report.told else ("nothing_told", "what"))
    return render_template(
        "report/review.html",
        rows=answers.rows(seen, files, {each.organisation_id: each.name for each in names}),
        fault=(FAULTS[found[0]], flow.page_url(found[1], "review")) if found else None,
        left_behind=_left_behind(seen),
        step=flow.position("review"),
        steps=len(PAGES),
        back=flow.before("review"),
    )


def _left_behind(seen: Seen) -> bool:
    """Whether there are files or links that this report must not take along."""
    files = bool(seen.draft.files) and not seen.protection.takes_files
    return files or (bool(seen.report.links) and not seen.protection.takes_links)
