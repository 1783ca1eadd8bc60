"""The forms for systems, and the words for their kinds and for how one rests on another."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from app.domain.systems import LONGEST_NAME, MOST_NAMES, Relation, SystemFacts, SystemKind, fold
from app.web.forms import Form
from app.web.unit import portal

KINDS = {
    SystemKind.PRODUCT: lazy_gettext("A product that people use"),
    SystemKind.APPLICATION: lazy_gettext("An app or service built on AI"),
    SystemKind.MODEL: lazy_gettext("An AI model"),
    SystemKind.DATA_SET: lazy_gettext("A collection of data"),
    SystemKind.INFRASTRUCTURE: lazy_gettext("Servers, networks or hardware"),
}
RELATIONS = {
    Relation.BUILT_ON: lazy_gettext("is built on"),
    Relation.TRAINED_ON: lazy_gettext("was trained on"),
    Relation.HOSTED_ON: lazy_gettext("is hosted on"),
    Relation.SUPPLIED_BY: lazy_gettext("is supplied by"),
}


class SystemForm(Form):
    """What is listed about a system."""

    name = StringField(lazy_gettext("Name of the system"), [InputRequired(), Length(max=LONGEST_NAME)])
    operator = StringField(lazy_gettext("Who runs it"), [Length(max=LONGEST_NAME)])
    kind = RadioField(lazy_gettext("What is it?"), [InputRequired()], choices=list(KINDS.items()))
    role = SelectField(lazy_gettext("Role of whoever runs it"), [InputRequired()])
    also_called = TextAreaField(
        lazy_gettext("Other names that people use for it"),
        description=lazy_gettext(
            "One name a line, in any language or script. People find the system by these."
        ),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        roles = portal().reference.roles.values()
        self.role.choices = [(role.id, gettext(role.name)) for role in roles]

    def validate_name(self, field: StringField) -> None:
        """A name needs a letter or a digit, or nobody can look for it."""
        if not fold(field.data):
            raise ValidationError(gettext("Please use letters or digits in the name."))

    def validate_also_called(self, field: TextAreaField) -> None:
        """Few names, none too long."""
        names = _lines(field.data)
        if len(names) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(
                gettext(
                    "Please give at most %(count)s names of at most %(letters)s letters each.",
                    count=MOST_NAMES,
                    letters=LONGEST_NAME,
                )
            )

    def facts(self) -> SystemFacts:
        """What was typed, as services take it."""
        named = (self.name.data or "").strip(), (self.operator.data or "").strip()
        kind, names = SystemKind(self.kind.data), tuple(_lines(self.also_called.data))
        return SystemFacts(named[0], kind, self.role.data, names, operator=named[1])


class LinkForm(Form):
    """How a system rests on one that was found."""

    upstream = RadioField(lazy_gettext("Which system?"), [InputRequired()], validate_choice=False)
    relation = RadioField(lazy_gettext("How?"), [InputRequired()], choices=list(RELATIONS.items()))


def filled(facts: SystemFacts) -> dict[str, str]:
    """The facts of a listed system as the form's first contents."""
    return {
        "name": facts.name,
        "operator": facts.operator,
        "kind": facts.kind,
        "role": facts.role,
        "also_called": "\n".join(facts.also_called),
    }


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
