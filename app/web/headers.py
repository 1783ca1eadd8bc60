"""The headers that every response carries."""

from urllib.parse import quote

from flask import Flask, Response, request
from werkzeug.wrappers import Response as AnyResponse

from app.web.unit import portal

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
UNUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    "X-Content-Type-Options": "nosniff",
}
TWO_YEARS = 2 * 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Add the headers last, so that a view may set a stricter one first."""
    app.after_request(_add_headers)


def forget_everything(response: AnyResponse) -> AnyResponse:
    """Ask the browser to drop all that it keeps of this site."""
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _add_headers(response: Response) -> Response:
    settings = portal().settings
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if settings.uses_https:
        response.headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}; includeSubDomains"
    if settings.onion_url and response.mimetype == "text/html" and not request.host.endswith(".onion"):
        response.headers["Onion-Location"] = settings.onion_url + _this_address()
    return response


def _this_address() -> str:
    # Quoted anew: the path comes decoded and may hold what no header may, such as the end of a line.
    query = request.query_string.decode("latin-1")
    return quote(request.path) + (f"?{quote(query, safe='%=&+')}" if query else "")
