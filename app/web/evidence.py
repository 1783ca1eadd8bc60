"""Files of a case: the person's own page for them, and handing them out.

Rules:
1. A file is shown in the browser only if nothing in it can act: pictures, plain text, sound, video. Anything
   else is a download, and never runs in this portal's name.
2. Its name goes through RFC 5987, its type is what was found in it, and the browser may not guess another.
"""

import re
from collections.abc import Iterator
from itertools import chain
from urllib.parse import quote

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.services import evidence as evidence_service
from app.services import evidence_desk, vault
from app.services.evidence import EvidenceFile
from app.services.evidence_storing import StoredFile
from app.services.files.kinds import FileKind, media_type
from app.web import uploads
from app.web.report.sentences import NOT_CLEANED, REFUSED
from app.web.unit import portal, reading, writing
from app.web.uploads import Refused

blueprint = Blueprint("evidence", __name__, url_prefix="/<lang>")

NEVER_INLINE = frozenset({FileKind.PDF, FileKind.HEIC})
SANDBOX = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"


@blueprint.get("/case/evidence")
def index() -> str:
    """The person's files, what was taken out of each, and a place for more."""
    return _page([])


@blueprint.post("/case/evidence")
def add() -> ResponseReturnValue:
    """Take more files; those that cannot be taken are named, the rest is kept."""
    refused = uploads.take_files(g.actor.case_id, "files", _add)
    if refused or not any(file.filename for file in request.files.getlist("files")):
        return _page(refused), 422
    return redirect(url_for("case_page.show", done="evidence"), 303)


@blueprint.get("/case/evidence/<evidence_id>")
def own(evidence_id: str) -> Response:
    """A file of the own case: the copy that others see, or with `?original` as it was added."""
    original = "original" in request.args
    with reading() as ctx:
        file, pieces = evidence_service.open_stream(ctx, g.actor.case_id, evidence_id, original)
    return hand_out(file, pieces, original)


@blueprint.get("/desk/cases/<reference>/evidence/<evidence_id>")
def at_desk(reference: str, evidence_id: str) -> Response:
    """The cleaned copy of a file, for who may read it; the case's audit and its reporter are told."""
    with writing() as ctx:
        file, pieces = evidence_desk.open_at_desk(ctx, reference, evidence_id)
    return hand_out(file, pieces, original=False)


def hand_out(file: EvidenceFile, pieces: Iterator[bytes], original: bool) -> Response:
    """A file as a response in pieces (rules 1 and 2); what cannot be opened at all fails before it begins."""
    first = next(pieces, b"")
    kind, name = (file.kind, file.name) if original else (file.shown_kind, file.shown_name)
    inline = kind not in NEVER_INLINE and "download" not in request.args
    response = Response(chain([first], pieces), content_type=media_type(kind))
    response.headers["Content-Disposition"] = f"{'inline' if inline else 'attachment'}; {_named(name)}"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _named(name: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    return f"filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _add(stored: StoredFile) -> None:
    with writing() as ctx:
        evidence_service.add_to_case(ctx, stored.case_id, stored)


def _page(refused: list[Refused]) -> str:
    with reading() as ctx:
        opened = vault.open_case(ctx, g.actor.case_id)
        files = evidence_service.list_evidence(ctx, g.actor.case_id, opened)
        takes_files = evidence_service.takes_files(ctx, g.actor.case_id)
    return render_template(
        "evidence/index.html",
        files=files,
        takes_files=takes_files,
        refused=[(each.name, REFUSED[each.code]) for each in refused],
        not_cleaned=NOT_CLEANED,
        settings=portal().settings,
    )
