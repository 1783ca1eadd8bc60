"""Checks that several forms of the desk share."""

from flask_babel import lazy_gettext
from wtforms.validators import Regexp

E_MAIL = Regexp(
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    message=lazy_gettext("Please give an e-mail address such as name@example.org."),
)
