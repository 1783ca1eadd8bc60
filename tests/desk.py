"""A case walked through the desk in a browser: which acts are offered, and filling each one's form."""

import html
import re
from datetime import timedelta

from flask.testing import FlaskClient

from tests.conftest import NOW
from tests.visitors import send

OFFERED = re.compile(r'href="/en/desk/cases/[^"/]+/do/([a-z_]+)(?:/([0-9a-f]{32}))?"')
PROMISE = {
    "remedy": "data_deletion",
    "what": "Delete the address everywhere",
    "owner": "The privacy team",
    "due_on": (NOW + timedelta(days=3650)).date().isoformat(),
    "proof": "The log of the deletion",
}
AGAINST_REPETITION = PROMISE | {"remedy": "output_filter", "what": "Filter addresses"}


def offered(client: FlaskClient, reference: str) -> list[tuple[str, str]]:
    """The acts that the page of a case offers, each with a party's id or nothing."""
    return list(dict.fromkeys(OFFERED.findall(page(client, reference))))


def page(client: FlaskClient, reference: str) -> str:
    """The page of a case, which must be there."""
    response = client.get(address(reference))
    assert response.status_code == 200, response.status_code
    return response.text


def do(client: FlaskClient, reference: str, act: str, party_id: str = "", **changes):
    """Fill the form of an act with what it needs, and send it."""
    url = f"{address(reference)}/do/{act}" + (f"/{party_id}" if party_id else "")
    response = client.get(url)
    assert response.status_code == 200, f"{act}: {response.status_code}"
    return send(client, url, {**filled(response.text), **changes})


def address(reference: str) -> str:
    """Where the case lies."""
    return f"/en/desk/cases/{reference}"


def filled(text: str) -> dict:
    """A valid answer to every field of a form, as its page shows it."""
    fields: dict = {}
    for name in re.findall(r'<textarea id="[^"]+" name="([^"]+)"', text):
        fields[name] = f"Said about {name}"
    for name, value in re.findall(r'name="([\w-]+)" type="radio" value="([^"]*)"', text):
        fields.setdefault(name, value)
    for name, value in re.findall(r'name="([\w-]+)" type="checkbox" value="([^"]*)"', text):
        fields.setdefault(name, value)
    for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)".*?>(.*?)</select>', text, re.DOTALL):
        values = re.findall(r'<option value="([^"]+)"( selected)?', options)
        fields[name] = next((value for value, chosen in values if chosen), values[0][0])
    for name in ("asks_waiver", "others"):
        fields.pop(name, None)
    for name in ("scale", "scope", "irremediability"):
        if name in fields:
            fields[name] = "5"
    fields.pop("likelihood", None)
    if "items-0-remedy" in fields:
        fields |= promises(PROMISE, AGAINST_REPETITION)
    return {name: html.unescape(value) for name, value in fields.items()}


def promises(*items: dict) -> dict:
    """The fields of a plan."""
    return {
        f"items-{number}-{name}": value for number, item in enumerate(items) for name, value in item.items()
    }
