"""Which language a page speaks: the one in its address, else the best of the browser's wishes."""

from functools import cache
from typing import Any
from urllib.parse import urlencode

from babel import Locale
from babel.support import NullTranslations, Translations
from flask import Flask, abort, current_app, g, request, url_for
from flask_babel import Babel
from werkzeug.datastructures import LanguageAccept

from app.web.unit import portal
from config import ROOT

# Wishes that name no enabled language themselves but are well served by one.
ALIASES = {
    "acm": "ar", "acq": "ar", "aeb": "ar", "afb": "ar", "ajp": "ar", "apc": "ar", "apd": "ar", "arb": "ar",
    "arq": "ar", "ars": "ar", "ary": "ar", "arz": "ar", "ayl": "ar", "eng": "en", "fra": "fr", "fre": "fr",
}  # fmt: skip


def init_app(app: Flask) -> None:
    """Take the language out of each address, put it into each link, and translate by it."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "translations")
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_put_language)
    Babel(app, locale_selector=language, timezone_selector=lambda: "UTC")
    _translate_templates(app)
    app.jinja_env.globals.update(language=language, direction=direction, language_links=language_links)


def _translate_templates(app: Flask) -> None:
    # Flask-Babel looks its context up anew for each sentence, which was two thirds of the time of a page.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _catalogue(language()).ugettext(text),
        ngettext=lambda one, many, count: _catalogue(language()).ungettext(one, many, count),
        newstyle=True,
    )


@cache
def _catalogue(code: str) -> NullTranslations:
    return Translations.load(str(ROOT / "translations"), [code])


def language() -> str:
    """The language of this response, one of the enabled ones."""
    if "language" not in g:
        enabled = portal().settings.languages
        first = request.path.split("/")[1]  # an address that leads nowhere may still say its language
        g.language = first if first in enabled else negotiate(request.accept_languages, enabled)
    chosen: str = g.language
    return chosen


def negotiate(wishes: LanguageAccept, enabled: tuple[str, ...]) -> str:
    """The enabled language that fits the browser's wishes best; the first enabled one if none fits."""
    for wish, _weight in wishes:
        main = wish.replace("_", "-").lower().split("-")[0]
        fitting = ALIASES.get(main, main)
        if fitting in enabled:
            return fitting
    return enabled[0]


def direction() -> str:
    """`rtl` or `ltr`, for the html element."""
    return _facts(language())["dir"]


def language_links() -> list[dict[str, str]]:
    """Each enabled language with its own name, its direction and the address of this same page in it."""
    return [{**_facts(code), "url": _this_page_in(code)} for code in portal().settings.languages]


@cache
def _facts(code: str) -> dict[str, str]:
    locale = Locale.parse(code)
    name = locale.get_display_name(code) or code
    return {"code": code, "name": name[0].upper() + name[1:], "dir": locale.text_direction}


def _this_page_in(code: str) -> str:
    # A page that only takes forms, and an address that leads nowhere, have no twin to go to.
    if request.endpoint is None or request.url_rule is None or "GET" not in (request.url_rule.methods or ()):
        return url_for("public.home", lang=code)
    address = url_for(request.endpoint, **{**(request.view_args or {}), "lang": code})
    # Not handed to url_for, which would take `_scheme` and its like for orders.
    query = urlencode(list(request.args.items(multi=True)))
    return f"{address}?{query}" if query else address


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if not values or "lang" not in values:
        return
    asked = values.pop("lang")
    if asked not in portal().settings.languages:
        abort(404)
    g.language = asked


def _put_language(endpoint: str, values: dict[str, Any]) -> None:
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = language()
