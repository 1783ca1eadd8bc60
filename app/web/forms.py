"""The base of every form. Stock WTForms validators say our sentences, in the reader's language."""

from collections.abc import Callable
from typing import Any

from flask_babel import LazyString, gettext, lazy_gettext, ngettext
from flask_wtf import FlaskForm

# The library's message -> ours. The placeholders are the library's.
MESSAGES: dict[str, LazyString] = {
    "This field is required.": lazy_gettext("Please answer this question."),
    "Invalid input.": lazy_gettext("This is not in the form that we expected."),
    "Not a valid choice.": lazy_gettext("Please choose one of the answers in the list."),
    "Invalid Choice: could not coerce.": lazy_gettext("Please choose one of the answers in the list."),
    "Invalid choice(s): one or more data inputs could not be coerced.": lazy_gettext(
        "Please choose from the list only."
    ),
    "Not a valid date value.": lazy_gettext("Please give a real day, for example 2026-03-27."),
    "Not a valid integer value.": lazy_gettext("Please use digits only."),
    "Not a valid decimal value.": lazy_gettext("Please give a number."),
    "Invalid email address.": lazy_gettext("Please give an e-mail address such as name@example.org."),
    "Invalid URL.": lazy_gettext("Please give a web address that starts with https://"),
    "Number must be at least %(min)s.": lazy_gettext("Please give a number of %(min)s or more."),
    "Number must be at most %(max)s.": lazy_gettext("Please give a number of %(max)s or less."),
    "Number must be between %(min)s and %(max)s.": lazy_gettext(
        "Please give a number from %(min)s to %(max)s."
    ),
}


COUNTED: dict[str, Callable[[int], str]] = {
    "Field must be at least %(min)d characters long.": lambda least: ngettext(
        "Please write at least %(num)s character.", "Please write at least %(num)s characters.", least
    ),
    "Field cannot be longer than %(max)d characters.": lambda most: ngettext(
        "Please shorten this to %(num)s character.", "Please shorten this to %(num)s characters.", most
    ),
    "'%(value)s' are not valid choices for this field.": lambda _wrong: gettext(
        "Please choose from the list only."
    ),
}


class OurSentences:
    """What WTForms asks for its messages. One that has no sentence of ours raises KeyError."""

    def gettext(self, message: str) -> str:
        """Our sentence for a message of the library."""
        return str(MESSAGES[message])

    def ngettext(self, _singular: str, plural: str, number: int) -> str:
        """Our sentence for a message of the library that counts something."""
        return str(COUNTED[plural](number))


class Form(FlaskForm):
    """A form of this portal: class attributes are its fields, `validate_on_submit()` checks what was sent."""

    class Meta(FlaskForm.Meta):
        """WTForms' settings."""

        def get_translations(self, _form: Any) -> OurSentences:
            """Our sentences instead of the library's."""
            return OurSentences()
