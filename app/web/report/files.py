"""The evidence page: files and web addresses, as far as safeguards allow them."""

from dataclasses import asdict

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.services import draft_files, drafts
from app.services.evidence_storing import StoredFile
from app.web import uploads
from app.web.report import flow
from app.web.report.flow import PAGES, Seen, blueprint
from app.web.report.forms import LinksForm, lines_of
from app.web.report.questions import elsewhere
from app.web.report.sentences import NOT_CLEANED, REFUSED
from app.web.unit import portal, reading, writing


@blueprint.get("/evidence")
def evidence() -> ResponseReturnValue:
    """The files so far, with what was taken out of each, and places for more."""
    seen = flow.seen()
    if seen is None or seen.draft.sent:
        return elsewhere(seen)
    return _render(LinksForm(links="\n".join(seen.report.links)), seen)


@blueprint.post("/evidence")
def add_files() -> ResponseReturnValue:
    """Take what was sent; files that cannot be taken are named on the page that follows."""
    seen = flow.seen()
    if seen is None or seen.draft.sent:
        return elsewhere(seen)
    form = LinksForm()
    refused = uploads.take_files(seen.draft.case_id, "files", lambda stored: _add(seen.token, stored))
    if not form.validate_on_submit():
        return _render(form, flow.seen() or seen), 422
    links = lines_of(form.links.data) if seen.protection.takes_links and "skip" not in request.form else []
    kept = {"links": links, "refused": [asdict(each) for each in refused]}
    with writing() as ctx:
        draft = drafts.update(ctx, seen.token, "evidence", kept)
    target = "evidence" if refused or "add" in request.form else flow.after("evidence")
    return flow.go_on(target, seen, flow.look(seen.token, draft))


@blueprint.post("/evidence/remove")
def remove_file() -> ResponseReturnValue:
    """Take a file out again."""
    with writing() as ctx:
        draft_files.remove_file(ctx, flow.draft_token(), request.form.get("file", ""))
    return redirect(flow.page_url("evidence", flow.then()), 303)


def _add(token: str, stored: StoredFile) -> None:
    with writing() as ctx:
        draft_files.add_file(ctx, token, stored)


def _render(form: LinksForm, seen: Seen) -> str:
    with reading() as ctx:
        files = draft_files.list_files(ctx, seen.draft)
    return render_template(
        "report/evidence.html",
        form=form,
        seen=seen,
        files=files,
        refused=[
            (each["name"], REFUSED[each["code"]]) for each in seen.draft.page("evidence").get("refused", [])
        ],
        not_cleaned=NOT_CLEANED,
        settings=portal().settings,
        step=flow.position("evidence"),
        steps=len(PAGES),
        back=flow.before("evidence"),
    )
