"""What an organisation's remedy officer fills in: receipt, answer, offer, delivery."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.domain.ids import Involvement
from app.domain.points import Point, PointKind
from app.services import responding
from app.services.desk_case import DeskCase
from app.web.desk.host_forms import LONGEST, TEXT
from app.web.forms import Form, OurSentences
from app.web.unit import portal, reading

MOST_ITEMS = 12
BLANK_ITEMS = 2


class ItemForm(PlainForm):
    """One promise; a row left wholly empty does not count."""

    class Meta:
        """WTForms' settings: our sentences, no token of its own."""

        def get_translations(self, _form: Any) -> OurSentences:
            """Our sentences instead of the library's."""
            return OurSentences()

    remedy = SelectField(lazy_gettext("What kind of remedy"))
    what = TextAreaField(lazy_gettext("What exactly will be done?"), [Length(max=LONGEST)])
    owner = StringField(lazy_gettext("Who does it? A person or a team"), [Length(max=200)])
    due_on = DateField(lazy_gettext("By when?"), [Optional()])
    proof = TextAreaField(lazy_gettext("How will the person see that it is done?"), [Length(max=LONGEST)])

    def validate_due_on(self, field: DateField) -> None:
        """A promise is for a day that is still to come."""
        if field.data and field.data <= today():
            raise ValidationError(gettext("Please give a day that is still to come."))


class ContactForm(Form):
    """Who answers."""

    contact = SelectField(lazy_gettext("Who will answer?"), [DataRequired()])


class OfferForm(Form):
    """A remedy plan."""

    summary = TextAreaField(
        lazy_gettext("Your offer in a few sentences"),
        [Length(max=LONGEST)],
        description=lazy_gettext("Plain words. The person reads this first, and the promises after it."),
    )
    items = FieldList(
        FormField(ItemForm, ""), lazy_gettext("Promises"), min_entries=1, max_entries=MOST_ITEMS
    )
    asks_waiver = BooleanField(
        lazy_gettext("The offer asks the person to give up rights or to keep silent."),
        description=lazy_gettext(
            "Then they must get independent advice first. Such offers are counted in public."
        ),
    )


class AnswerForm(OfferForm):
    """The answer to each point is added for each case; then the own view, then offer or reasons."""

    involvement = RadioField(
        lazy_gettext("How is your organisation involved, as you see it?"), [DataRequired()]
    )
    view = TextAreaField(lazy_gettext("Why do you see it so?"), TEXT)
    offers = RadioField(lazy_gettext("Do you make an offer?"), [DataRequired()])
    reasons = TextAreaField(lazy_gettext("Why you make no offer"), [Length(max=LONGEST)])


def contact_form(_case: DeskCase, _party_id: str | None) -> Form:
    """The members who may answer."""
    form = ContactForm()
    with reading() as ctx:
        form.contact.choices = list(responding.contacts(ctx))
    return form


def offer_form(case: DeskCase, party_id: str | None) -> Form:
    """A new version of the offer, beginning with the one before."""
    return _with_choices(OfferForm(data=_before(case, party_id)), case)


def answer_form(case: DeskCase, _party_id: str | None) -> Form:
    """A field for each point, and the rest."""
    fields = {
        f"point_{number}": TextAreaField(point_label(point), TEXT) for number, point in enumerate(case.points)
    }
    form = _with_choices(type("AnswerForm", (AnswerForm,), fields)(), case)
    form["offers"].choices = [
        ("yes", gettext("Yes, the one below")),
        ("no", gettext("No, and I say below why")),
    ]
    values = portal().reference.involvement_values
    form["involvement"].choices = [
        (each.id, gettext(each.name)) for each in values.values() if each.id != Involvement.UNDETERMINED
    ]
    return form


def claim_form(case: DeskCase, party_id: str | None) -> Form:
    """A field for the proof of each promise that is not confirmed."""
    party = case.party(party_id)
    due = [
        each
        for offer in (party.offers if party else ())
        if offer.unconfirmed
        for each in offer.commitments
        if each.state != "confirmed"
    ]
    fields = {
        f"proof_{each.id}": TextAreaField(
            each.what,
            TEXT,
            description=gettext("You promised to show it so: %(proof)s", proof=each.proof_planned),
        )
        for each in due
    }
    form: Form = type("ClaimForm", (Form,), fields)(data={f"proof_{each.id}": each.proof for each in due})
    return form


def point_label(point: Point) -> str:
    """A point as the officer reads it."""
    reference = portal().reference
    match point.kind:
        case PointKind.HARM:
            text = gettext("About the harm: %(harm)s", harm=gettext(reference.harms[point.id].name))
        case PointKind.WISH:
            text = gettext("About the wish: %(wish)s", wish=gettext(reference.remedies[point.id].name))
        case _:
            text = gettext("About what the person asks for in their own words")
    return str(text)


def wants_more() -> bool:
    """Whether the button for one more promise was pressed, which checks nothing and loses nothing."""
    return "more" in request.form


def add_item(form: Form) -> None:
    """One more empty promise, up to the most that fit."""
    if "items" in form and len(form["items"]) < MOST_ITEMS:
        form["items"].append_entry()
        _fill(form["items"], form["items"][0].form.remedy.choices)


def today() -> date:
    """The UTC day."""
    return datetime.now(UTC).date()


def _before(case: DeskCase, party_id: str | None) -> dict[str, Any] | None:
    party = case.party(party_id)
    if party is None or not party.offers:
        return None
    last = party.offers[-1]
    items = [
        {
            "remedy": each.remedy_id,
            "what": each.what,
            "owner": each.owner,
            "due_on": each.due_on,
            "proof": each.proof_planned,
        }
        for each in last.commitments
    ]
    return {"summary": last.summary, "items": items, "asks_waiver": last.asks_waiver}


def _with_choices(form: Form, case: DeskCase) -> Form:
    """Remedies that the person asked for and that fit the harms come first; some empty rows at the end."""
    reference, said = portal().reference, case.content.statement
    usual = [remedy for harm in case.harms for remedy in reference.harms[harm].remedies]
    first = dict.fromkeys([*(said.wanted if said else ()), *usual])
    order = [*first, *(each for each in reference.remedies if each not in first)]
    choices = [("", gettext("Please choose"))] + [
        (each, gettext(reference.remedies[each].name))
        for each in order
        if not reference.remedies[each].by_authority
    ]
    while request.method == "GET" and len(form["items"]) < BLANK_ITEMS:
        form["items"].append_entry()
    _fill(form["items"], choices)
    return form


def _fill(items: Iterable[Any], choices: list[tuple[str, str]]) -> None:
    for item in items:
        item.form.remedy.choices = choices
