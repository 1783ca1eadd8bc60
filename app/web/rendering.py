"""How templates are set up, and the filters that they share."""

from collections.abc import Iterable
from datetime import date, datetime

from babel.lists import format_list
from babel.units import format_unit
from flask import Flask
from flask_babel import format_date, format_decimal, get_locale
from jinja2 import StrictUndefined

from app.web.unit import portal


def set_up_templates(app: Flask) -> None:
    """Escape everything, refuse unknown names, and leave no blank lines where tags stood."""
    app.jinja_options = {
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    app.jinja_env.filters.update(day=day, number=number, size=size, spoken_list=spoken_list)
    app.jinja_env.globals.update(host_name=lambda: portal().settings.host_name)


def day(value: date | datetime) -> str:
    """A day as people of this language write it, in full."""
    return str(format_date(value, "long"))


def number(value: float) -> str:
    """A number with this language's digits and separators."""
    return str(format_decimal(value))


def size(octets: int) -> str:
    """A file's size in the largest unit that keeps it at 1 or more, with this language's words."""
    amount, unit = float(octets), "digital-byte"
    for larger in ("digital-kilobyte", "digital-megabyte", "digital-gigabyte"):
        if amount < 1000:
            break
        amount, unit = amount / 1000, larger
    return format_unit(round(amount, 1 if amount < 10 else 0), unit, "short", locale=get_locale())


def spoken_list(words: Iterable[str]) -> str:
    """Several things as people say them in this language: "a, b and c"."""
    return format_list(list(words), locale=get_locale())
