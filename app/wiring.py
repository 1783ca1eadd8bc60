"""How the application is put together, in the order in which a request meets the parts."""

import importlib

from flask import Blueprint, Flask
from flask_wtf import CSRFProtect

from app.cli import register_commands
from app.crypto.kdf import subkey
from app.portal import Portal, open_portal
from app.web import access, assets, csrf, errors, headers, identity, languages, rendering, uploads
from config import ROOT, Settings, load_settings

# Each names a module of app/web that holds a Blueprint called `blueprint`.
PAGES = (
    "evidence",
    "operators",
    "public",
    "receipts",
    "report",
    "case.conversations",
    "case.course",
    "case.door",
    "case.notices",
    "case.offers",
    "case.page",
    "case.promises",
    "case.sharing",
    "desk.case",
    "desk.join",
    "desk.members",
    "desk.queue",
    "desk.settings",
    "desk.sign_in",
    "desk.systems",
)
FORM_BYTES = 2 * 1024 * 1024


def wire(settings: Settings | None = None) -> Flask:
    """The whole application; raises the error of whichever part cannot start."""
    portal = open_portal(settings or load_settings())
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.request_class = uploads.UploadRequest
    app.extensions["recourse"] = portal
    app.config.update(_configuration(portal))
    rendering.set_up_templates(app)
    languages.init_app(app)
    CSRFProtect(app)
    for part in (access, assets, csrf, errors, headers, identity):
        part.init_app(app)
    for page in PAGES:
        app.register_blueprint(_blueprint(page))
    register_commands(app)
    return app


def _configuration(portal: Portal) -> dict[str, object]:
    settings = portal.settings
    newest, *older = (subkey(secret, "web cookies and forms").hex() for secret in portal.secrets.site_secrets)
    return {
        "SECRET_KEY": newest,
        "SECRET_KEY_FALLBACKS": older,
        "TESTING": settings.environment == "test",
        "MAX_CONTENT_LENGTH": settings.max_report_bytes + FORM_BYTES,
        "MAX_FORM_MEMORY_SIZE": FORM_BYTES,
        "SESSION_COOKIE_NAME": "rc_form",
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_COOKIE_SECURE": settings.uses_https,
        # A form stays good as long as its cookie: people may need hours for one page.
        "WTF_CSRF_TIME_LIMIT": None,
        # Our own pages send no referrer, so there is none to compare.
        "WTF_CSRF_SSL_STRICT": False,
    }


def _blueprint(page: str) -> Blueprint:
    found: Blueprint = importlib.import_module(f"app.web.{page}").blueprint
    return found
