"""The questions of a report: each is shown with what was answered before, and saved when it is sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.services import drafts
from app.web.carry import carry_on
from app.web.forms import Form
from app.web.report import fitting, flow, forms, sharing, system
from app.web.report.flow import PAGES, Seen, blueprint
from app.web.unit import writing


def _fields(form: Form, _seen: Seen) -> Mapping[str, Any]:
    """What the fields hold, as it is kept."""
    held = {field.name: field.data for field in form if field.name != "csrf_token"}
    return {name: data for name, data in held.items() if data}


def _nothing(*_given: object) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Question:
    """How one page works: its fields, what its template needs, and what is kept of an answer."""

    form: type[Form]
    prepare: Callable[[Any, Seen], object] = _nothing  # sets choices
    extras: Callable[[Seen], Mapping[str, Any]] = _nothing
    kept: Callable[[Any, Seen], Mapping[str, Any]] = _fields
    next: Callable[[str, Seen], str] = flow.after


QUESTIONS = {
    "safety": Question(forms.SafetyForm),
    "what": Question(forms.WhatForm),
    "system": Question(forms.SystemForm, system.prepare, system.extras, system.kept, system.after),
    "harm": Question(forms.HarmForm, fitting.prepare_harms, fitting.rights, next=fitting.after_harm),
    "main": Question(forms.MainForm, fitting.prepare_main),
    "whom": Question(forms.WhomForm),
    "since": Question(forms.SinceForm),
    "want": Question(forms.WantForm, fitting.prepare_remedies, fitting.remedy_hints),
    "who": Question(forms.WhoForm),
    "sharing": Question(forms.SharingForm, sharing.prepare, sharing.extras, sharing.kept),
}


def show(name: str) -> ResponseReturnValue:
    """A question, filled with what was answered before."""
    seen = flow.seen()
    if seen is None or seen.draft.sent:
        return elsewhere(seen)
    question = QUESTIONS[name]
    form = question.form(data=dict(seen.draft.page(name)))
    question.prepare(form, seen)
    return _render(name, form, seen)


def save(name: str) -> ResponseReturnValue:
    """Keep an answer and lead on; a wrong one is shown again as it was typed."""
    seen = flow.seen()
    if seen is None or seen.draft.sent:
        return elsewhere(seen)
    question = QUESTIONS[name]
    form, skipped = question.form(), "skip" in request.form
    question.prepare(form, seen)
    if not skipped and not form.validate_on_submit():
        return _render(name, form, seen), 422
    with writing() as ctx:
        draft = drafts.update(ctx, seen.token, name, {} if skipped else question.kept(form, seen))
    now = flow.look(seen.token, draft)
    return flow.go_on(question.next(name, now), seen, now)


def _render(name: str, form: Form, seen: Seen) -> str:
    return render_template(
        f"report/{name}.html",
        form=form,
        seen=seen,
        step=flow.position(name),
        steps=len(PAGES),
        back=flow.before(name),
        **QUESTIONS[name].extras(seen),
    )


def elsewhere(seen: Seen | None) -> ResponseReturnValue:
    """Where a browser goes that has no report to write on; what it sent is handed back."""
    if seen is not None:
        return redirect(url_for("report.done"), 303)
    if request.method == "POST":
        return carry_on(door=url_for("report.start")), 403
    return redirect(url_for("report.none_open"), 303)


def _add_page(name: str) -> None:
    def view() -> ResponseReturnValue:
        return save(name) if request.method == "POST" else show(name)

    blueprint.add_url_rule(f"/{name}", name, view, methods=["GET", "POST"])


for _name in QUESTIONS:
    _add_page(_name)
