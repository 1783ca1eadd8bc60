"""What the host's people fill in for each step, as the life cycle requires it."""

from typing import Any

from flask_babel import force_locale, gettext, lazy_gettext
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.reference import Reference
from app.reference.records_outcome import Route
from app.services.desk_case import DeskCase
from app.web.desk.words import COVERS, RISKS
from app.web.forms import Form
from app.web.unit import portal

LONGEST = 20_000
TEXT = [DataRequired(), Length(max=LONGEST)]
LEVELS = [str(level) for level in range(1, 6)]


class ConfirmForm(Form):
    """Nothing to fill in: the button is the answer."""


class StartForm(Form):
    """Conflict of interest, and the first word to the person."""

    no_conflict = BooleanField(
        lazy_gettext("I have no tie to the person or to anybody this report could concern."), [DataRequired()]
    )
    acknowledgement = TextAreaField(
        lazy_gettext("Your first message to the person"),
        TEXT,
        description=lazy_gettext("Change it as you like. It is sent now."),
    )


class AskForm(Form):
    """One to three questions, and why they are asked."""

    why = TextAreaField(
        lazy_gettext("Why do you ask?"),
        TEXT,
        description=lazy_gettext("The person reads this first. Read the whole report before you ask."),
    )
    first = TextAreaField(lazy_gettext("First question"), TEXT)
    second = TextAreaField(lazy_gettext("Second question, if you need it"), [Length(max=LONGEST)])
    third = TextAreaField(lazy_gettext("Third question, if you need it"), [Length(max=LONGEST)])


class RefuseForm(Form):
    """Why not, in a code and in words, and where else to go."""

    code = RadioField(lazy_gettext("Reason"), [DataRequired()])
    reasons = TextAreaField(
        lazy_gettext("What the person will read"),
        TEXT,
        description=lazy_gettext("In plain words: why, and how to ask somebody new to look at it."),
    )
    routes = SelectMultipleField(lazy_gettext("Where else the person can get help"), [DataRequired()])


class RouteForm(Form):
    """To whom, after weighing what could happen to the person."""

    organisations = SelectMultipleField(
        lazy_gettext("To whom"),
        [DataRequired()],
        description=lazy_gettext("Only those to whom the person agreed are listed."),
    )
    level = RadioField(lazy_gettext("How likely is revenge?"), [DataRequired()])
    note = TextAreaField(
        lazy_gettext("Who could find out, what could happen, and what lowers the risk?"),
        TEXT,
        description=lazy_gettext("Only the host's team reads this."),
    )


class HoldForm(Form):
    """Why safety has to come first."""

    reason = TextAreaField(
        lazy_gettext("Why?"), TEXT, description=lazy_gettext("Only the host's team reads this.")
    )


class ClearForm(Form):
    """The risk, and how to reach the person."""

    risk = TextAreaField(lazy_gettext("What is the risk, and what lowers it?"), TEXT)
    contact_plan = TextAreaField(lazy_gettext("How can this person be reached safely?"), TEXT)


class RemindForm(Form):
    """A reminder in kind words."""

    text = TextAreaField(lazy_gettext("Your message"), TEXT)


class AssessForm(Form):
    """Harm and severity, with the reason."""

    main = SelectField(lazy_gettext("What harm is it, mainly?"), [DataRequired()])
    others = SelectMultipleField(lazy_gettext("Other harms in this case"))
    scale = RadioField("", validators=[DataRequired()], choices=LEVELS)
    scope = RadioField("", validators=[DataRequired()], choices=LEVELS)
    irremediability = RadioField("", validators=[DataRequired()], choices=LEVELS)
    delay_makes_irremediable = BooleanField("")
    kind = RadioField("", validators=[DataRequired()])
    likelihood = RadioField("", validators=[Optional()], choices=LEVELS)
    reason = TextAreaField(
        lazy_gettext("Why do you see it so?"),
        TEXT,
        description=lazy_gettext("It stays in the internal notes, with the old and the new values."),
    )


def start_form(case: DeskCase, _party_id: str | None) -> Form:
    """The first message is prepared in the language of the report."""
    with force_locale(case.language):
        text = gettext(
            "Hello, I have read your report and will stay with your case. Nothing goes to a company without "
            "your agreement. You can write to me here at any time."
        )
    return StartForm(acknowledgement=text)


def refuse_form(case: DeskCase, _party_id: str | None) -> Form:
    """The codes of the reference data, and the outside routes that fit this case."""
    form, reference = RefuseForm(), portal().reference
    form.code.choices = [(each.id, gettext(each.text)) for each in reference.refusal_codes.values()]
    form.routes.choices = [(each.id, gettext(each.name)) for each in fitting_routes(reference, case)]
    return form


def fitting_routes(reference: Reference, case: DeskCase) -> list[Route]:
    """Outside routes for these harms and safeguards, and those that always fit."""
    harms, flags = set(case.harms), set(case.flags)
    return [
        route
        for route in reference.routes.values()
        if route.always or harms & set(route.harms) or flags & set(route.safeguards)
    ]


def route_form(case: DeskCase, _party_id: str | None) -> Form:
    """Those to whom the person agreed, all chosen to begin with."""
    agreed = [each for each in case.agreed if each.can_be_sent_to]
    form = RouteForm(organisations=[each.organisation_id for each in agreed])
    form.organisations.choices = [(each.organisation_id, _shares(each)) for each in agreed]
    form.level.choices = list(RISKS.items())
    return form


def remind_form(case: DeskCase, _party_id: str | None) -> Form:
    """The reminder is prepared in the language of the report."""
    with force_locale(case.language):
        text = gettext(
            "The company says that it has done what it promised. Is that so for you? Please tell us on the "
            "page of your case. If we hear nothing, we close the case as not confirmed. You can still write."
        )
    return RemindForm(text=text)


def assess_form(case: DeskCase, _party_id: str | None) -> Form:
    """Prefilled with what stands; before the first time with the main harm's usual level."""
    reference, levels = portal().reference, case.levels
    form = AssessForm(
        main=case.harms[0] if case.harms else "",
        others=list(case.harms[1:]),
        scale=str(levels.scale) if levels.assessed else None,
        scope=str(levels.scope) if levels.assessed else None,
        irremediability=str(levels.irremediability),
        delay_makes_irremediable=levels.delay_makes_irremediable,
        kind="actual",
    )
    harms: list[Any] = [(each.id, gettext(each.name)) for each in reference.harms.values()]
    form.main.choices, form.others.choices = [("", gettext("Please choose")), *harms], harms
    for name, dimension in reference.dimensions.items():
        form[name].label.text = gettext(dimension.question)
        form[name].choices = [(str(each.level), gettext(each.text)) for each in dimension.levels]
    asked = reference.severity_fields
    form.delay_makes_irremediable.label.text = gettext(asked["delay_makes_irremediable"].question)
    form.kind.label.text = gettext(asked["kind"].question)
    form.kind.choices = [(each.id, gettext(each.name)) for each in reference.harm_kinds.values()]
    form.likelihood.label.text = gettext(asked["likelihood"].question)
    return form


def _shares(agreed: Any) -> str:
    shown = ", ".join(str(COVERS[kind]) for kind in agreed.covers if kind in COVERS)
    return str(
        gettext("%(organisation)s – may see: %(parts)s", organisation=agreed.organisation, parts=shown)
    )
