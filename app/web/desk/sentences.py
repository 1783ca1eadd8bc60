"""What the desk says when a service refuses: its stable code, as a sentence that helps."""

from flask_babel import LazyString, lazy_gettext
from wtforms import Field

SENTENCES: dict[str, LazyString] = {
    "code_wrong_character": lazy_gettext("A code holds digits only."),
    "code_wrong_length": lazy_gettext("A code has 28 digits. Please check that none is missing."),
    "code_wrong_check": lazy_gettext("One of the digits is wrong. Please compare them once more."),
    "invitation_not_found": lazy_gettext(
        "This code does not open an invitation. It may have been used, or its 14 days are over. "
        "Ask whoever gave it to you for a new one."
    ),
    "kit_wrong_character": lazy_gettext("A recovery kit holds letters and digits only."),
    "kit_wrong_length": lazy_gettext(
        "A recovery kit has 56 letters and digits. Please check that none is missing."
    ),
    "kit_wrong_check": lazy_gettext("One of the letters or digits is wrong. Please compare them once more."),
    "kit_wrong": lazy_gettext("This kit does not belong to this organisation."),
    "totp_code": lazy_gettext(
        "This is not the code that the app shows now. Please wait for the next one and try again."
    ),
    "weak_password": lazy_gettext(
        "This password is too easy to guess. Please take more words, or rarer ones."
    ),
    "long_password": lazy_gettext("Please take a password of 72 characters or fewer."),
    "wrong_password": lazy_gettext("This is not your present password."),
    "member_elsewhere": lazy_gettext(
        "This e-mail address already belongs to a member of another organisation."
    ),
    "roles_do_not_fit": lazy_gettext("Please choose from the list only."),
}


def sentence(code: str) -> LazyString:
    """The sentence for a refusal's code; a code without one raises KeyError, so that tests meet it."""
    return SENTENCES[code]


def add_error(field: Field, code: str) -> None:
    """Put a refusal's sentence under a field."""
    field.errors = [*field.errors, sentence(code)]
