"""Static files, named by their content, so that browsers may keep them for ever; compressed once a process.

They are few and small, so they live in memory: nothing is built, and nothing is written beside the code.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli
from flask import Flask, Response, abort, request, url_for

FOLDER = Path(__file__).parent.parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One static file in the encodings that browsers ask for."""

    version: str
    mimetype: str
    encodings: dict[str, bytes]


def init_app(app: Flask) -> None:
    """Serve the files, and let templates write `{{ asset('recourse.css') }}` for an address."""
    app.add_url_rule("/static/<version>/<name>", "static", serve)
    app.jinja_env.globals["asset"] = asset_url


def asset_url(name: str) -> str:
    """The address of a static file, which changes with its content; raises KeyError if there is none."""
    return url_for("static", version=_assets()[name].version, name=name)


def serve(version: str, name: str) -> Response:
    """The file in the best encoding that the browser takes."""
    asset = _assets().get(name)
    if asset is None or asset.version != version:
        abort(404)
    accepted = request.accept_encodings
    encoding = next(
        (found for found in asset.encodings if found == "identity" or accepted[found]), "identity"
    )
    response = Response(asset.encodings[encoding], mimetype=asset.mimetype)
    if encoding != "identity":
        response.headers["Content-Encoding"] = encoding
    response.headers.update({"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"})
    return response


@cache
def _assets() -> dict[str, Asset]:
    return {path.name: _load(path) for path in sorted(FOLDER.iterdir()) if path.is_file()}


def _load(path: Path) -> Asset:
    content = path.read_bytes()
    mimetype = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    encodings = {"br": brotli.compress(content), "gzip": gzip.compress(content, mtime=0)}
    kept = {name: packed for name, packed in encodings.items() if len(packed) < len(content)}
    return Asset(hashlib.sha256(content).hexdigest()[:12], mimetype, {**kept, "identity": content})
