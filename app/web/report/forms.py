"""The fields of each question. None but a word of what happened, or a harm, is ever needed."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from app.domain.intake import LONGEST_LINE, LONGEST_TEXT, MOST_LINKS
from app.web.forms import Form
from app.web.rendering import number
from app.web.report.sentences import AGE, FOR_WHOM, SAFETY

LINE = [Length(max=LONGEST_LINE)]
TEXT = [Length(max=LONGEST_TEXT)]


class SafetyForm(Form):
    """Whether the person is safe, and a safe way to reach them."""

    now = RadioField(lazy_gettext("Are you safe right now?"), [Optional()], choices=list(SAFETY.items()))
    safe_way = StringField(
        lazy_gettext("Is there a safe way to reach you outside this site?"),
        LINE,
        description=lazy_gettext(
            "You can leave this empty. Then we write only on your case page, which opens with your code. "
            "What you put here is kept apart from your report, and only the team of this portal reads it."
        ),
    )


class WhatForm(Form):
    """What happened, in one box."""

    happened = TextAreaField(lazy_gettext("What happened?"), TEXT)


class SystemForm(Form):
    """Which AI system it was, as typed, and the one found for it."""

    typed = StringField(
        lazy_gettext("Which AI was it?"),
        LINE,
        description=lazy_gettext(
            "The name of an app, a website, a chatbot or a company. A part of it is enough."
        ),
    )
    chosen = RadioField(lazy_gettext("Is it one of these?"), [Optional()], validate_choice=False)


class HarmForm(Form):
    """Kinds of harm, behind the plain questions of the rights."""

    harms = SelectMultipleField(lazy_gettext("What kind of harm was it?"))


class MainForm(Form):
    """Which of several harms matters most."""

    main = RadioField(lazy_gettext("Which of these matters most to you?"), [Optional()])


class WhomForm(Form):
    """Whom it hit; an age band and nothing nearer."""

    for_whom = RadioField(lazy_gettext("Who was harmed?"), [Optional()], choices=list(FOR_WHOM.items()))
    age = RadioField(
        lazy_gettext("How old is the person who was harmed?"), [Optional()], choices=list(AGE.items())
    )


class SinceForm(Form):
    """Since when, as loosely as the person likes."""

    since = StringField(
        lazy_gettext("When did it happen?"),
        LINE,
        description=lazy_gettext("For example: last week, March 2026, for two years now. Roughly is enough."),
    )


class WantForm(Form):
    """What would put it right."""

    wanted = SelectMultipleField(lazy_gettext("What do you want to happen?"))
    wish = TextAreaField(lazy_gettext("In your own words"), TEXT)


class LinksForm(Form):
    """Web addresses, one a line."""

    links = TextAreaField(
        lazy_gettext("Web addresses where it can be seen"),
        TEXT,
        description=lazy_gettext("One on each line."),
    )

    def validate_links(self, field: Any) -> None:
        """Not more addresses than one person can read, none longer than a line."""
        lines = lines_of(field.data)
        if len(lines) > MOST_LINKS:
            raise ValidationError(
                gettext("Please give %(most)s addresses at the most.", most=number(MOST_LINKS))
            )
        if any(len(line) > LONGEST_LINE for line in lines):
            raise ValidationError(gettext("One of these addresses is too long."))


class WhoForm(Form):
    """A name and a contact, only if wanted; staying anonymous comes first."""

    stay = RadioField(
        lazy_gettext("Do you want to say who you are?"),
        validate_choice=False,
        choices=[
            ("anonymous", lazy_gettext("No, I stay anonymous")),
            ("named", lazy_gettext("Yes, I give a name or a way to reach me")),
        ],
    )
    name = StringField(
        lazy_gettext("Name"), LINE, description=lazy_gettext("Any name that you want to be called.")
    )
    contact = StringField(
        lazy_gettext("How to reach you"),
        LINE,
        description=lazy_gettext("For example an e-mail address or a phone."),
    )
    host_may_see = RadioField(
        lazy_gettext("Who may see this?"),
        [Optional()],
        choices=[
            ("no", lazy_gettext("Nobody for now. It stays locked, and I can open it later.")),
            ("yes", lazy_gettext("The team of this portal")),
        ],
    )

    def validate_stay(self, field: Any) -> None:
        """Whoever typed a name must say that it is to be kept: nobody is named by accident."""
        if field.data not in ("anonymous", "named") and (self.name.data or self.contact.data):
            raise ValidationError(gettext("Please say whether you want to stay anonymous."))


class SharingForm(Form):
    """Who may read the report."""

    way = RadioField(lazy_gettext("Do you agree?"), [Optional()])


def lines_of(text: str | None) -> list[str]:
    """The lines of a text that hold anything."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
