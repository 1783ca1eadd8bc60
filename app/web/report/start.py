"""The first page of a report, and the help that comes before everything else."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.services import drafts
from app.web import identity
from app.web.report import flow
from app.web.report.flow import PAGES, blueprint
from app.web.unit import portal, writing


@blueprint.get("")
def start() -> str:
    """What is asked, and that nothing has to be answered; a report begun before can be gone on with."""
    seen = flow.seen()
    return render_template(
        "report/start.html",
        begun=seen is not None and not seen.draft.sent,
        sent=seen is not None and bool(seen.draft.sent),
        hours=portal().settings.draft_hours,
    )


@blueprint.post("")
def begin() -> ResponseReturnValue:
    """Begin a report in this browser; one that was begun before is erased."""
    before = identity.token(identity.DRAFT)
    with writing() as ctx:
        if before:
            drafts.end(ctx, before)
        identity.set_token(identity.DRAFT, drafts.start(ctx))
    return redirect(flow.page_url(PAGES[0]), 303)


@blueprint.get("/none")
def none_open() -> str:
    """There is no report in this browser, or its time is over."""
    return render_template("report/expired.html", hours=portal().settings.draft_hours)


@blueprint.get("/help")
def help_first() -> ResponseReturnValue:
    """Where to find help at once, before the next question."""
    seen = flow.seen()
    if seen is None:
        return redirect(url_for("report.none_open"), 303)
    reference, flags = portal().reference, set(seen.protection.flags)
    # Whoever is threatened is shown what whoever is in danger is shown.
    called_for = flags | ({"danger_to_life"} if "violence_threat" in flags else set())
    routes = [
        route
        for route in reference.routes_for(seen.report.harms, (), called_for)
        if not route.always and route.kind in ("emergency", "victim_tool")
    ]
    asked = request.args.get("next", "")
    following = asked if asked in PAGES or asked == "main" else "what"
    go_on = flow.page_url(following, flow.then())
    return render_template("report/help.html", routes=routes, flags=flags, go_on=go_on, reference=reference)
