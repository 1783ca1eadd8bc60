"""The baseline: bare Flask, Jinja, Flask-Babel and SQLAlchemy doing the least that each task needs.

Routes: (i) /hello, (ii) /page of about 12 KB, 100 translated sentences, (iii) POST /step: CSRF, 2 KB sealed,
two rows in one commit, (iv) POST /file: the same with one Argon2id (19 MiB, t=2) and three HPKE seals,
(v) POST /upload streamed to disk and GET /upload streamed back.
"""

import os
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from flask import Flask, request
from flask_babel import Babel
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, create_engine, event

SENTENCE = (
    "Sentence number %(number)s of a page says in plain words what happens next, by when, and what to do."
)
SENTENCES = "".join(f"<p>{{{{ _('{SENTENCE}', number={number}) }}}}</p>\n" for number in range(100))
PAGE = "<!doctype html><html lang=en><title>{{ _('Baseline') }}</title><body>" + SENTENCES + "</body></html>"
metadata = MetaData()
tables = [
    Table(name, metadata, Column("id", Integer, primary_key=True), Column("body", LargeBinary))
    for name in "ab"
]


def _engine(url: str):
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
    return engine


def prepare(url: str) -> None:
    """Make the baseline's two tables, before its workers start."""
    engine = _engine(url)
    metadata.drop_all(engine)
    metadata.create_all(engine)
    engine.dispose()


def _prepare(connection, _record) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def create_baseline() -> Flask:
    """The baseline application; BASELINE_DATABASE_URL names its database."""
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ.get("BASELINE_SECRET", "for measuring only")
    Babel(app)
    csrf = CSRFProtect(app)
    compiled = app.jinja_env.from_string(PAGE)
    engine = _engine(os.environ["BASELINE_DATABASE_URL"])
    key, cipher = (
        AESGCM.generate_key(256),
        hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM),
    )
    public = hpke.MLKEM768X25519PrivateKey(
        mlkem.MLKEM768PrivateKey.generate(), x25519.X25519PrivateKey.generate()
    ).public_key()

    def store() -> str:
        sealed = AESGCM(key).encrypt(os.urandom(12), os.urandom(2048), b"place")
        with engine.begin() as connection:
            for table in tables:
                connection.execute(table.insert().values(body=sealed))
        return "stored"

    @app.get("/hello")
    def hello() -> str:
        return "hello"

    @app.get("/page")
    def page() -> str:
        return compiled.render()

    @app.get("/form")
    def form() -> str:
        return generate_csrf()

    @app.post("/step")
    def step() -> str:
        return store()

    @app.post("/file")
    def file() -> str:
        Argon2id(salt=b"salt" * 4, length=32, iterations=2, lanes=1, memory_cost=19456).derive(os.urandom(28))
        for _ in range(3):
            cipher.encrypt(os.urandom(32), public, info=b"place")
        return store()

    @app.post("/upload")
    @csrf.exempt
    def upload() -> str:
        with Path(tempfile.gettempdir(), "baseline-upload").open("wb") as target:
            while piece := request.stream.read(1024 * 1024):
                target.write(piece)
            os.fsync(target.fileno())
        return "stored"

    @app.get("/upload")
    def download():
        def pieces():
            with Path(tempfile.gettempdir(), "baseline-upload").open("rb") as source:
                while piece := source.read(1024 * 1024):
                    yield piece

        return app.response_class(pieces(), mimetype="application/octet-stream")

    return app
