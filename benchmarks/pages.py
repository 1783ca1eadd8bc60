"""Public pages: their rate beside the baseline's page of the same make, and the weight of the first one."""

import os
import re
import tempfile
from pathlib import Path

import brotli

from benchmarks import baseline
from benchmarks.client import Request, fetch, load
from benchmarks.instance import instance
from benchmarks.report import Row, medians, publish
from benchmarks.server import Server, serving

REQUESTS = 400
PAGE = "/en/rights"  # about as long as the baseline's page


def measure() -> None:
    """Print and keep the figures of public pages."""
    with tempfile.TemporaryDirectory() as folder, instance() as portal:
        url = f"sqlite:///{Path(folder) / 'baseline.db'}"
        baseline.prepare(url)
        os.environ["BASELINE_DATABASE_URL"] = url
        with (
            serving("benchmarks.baseline:create_baseline()", {}) as bare,
            serving("wsgi:app", portal.environment) as full,
        ):
            publish("pages", [*_rates(bare, full), *_weights(full)])


def _rates(bare: Server, full: Server) -> list[Row]:
    rates = medians(
        {
            "baseline": lambda: load(bare.port, [Request("GET", "/page")] * REQUESTS).rate,
            "page": lambda: load(full.port, [Request("GET", PAGE)] * REQUESTS).rate,
        }
    )
    sizes = [
        len(fetch(server.port, Request("GET", path))[2]) for server, path in ((bare, "/page"), (full, PAGE))
    ]
    per_byte = rates["page"] * sizes[1] / (rates["baseline"] * sizes[0])
    return [
        Row("baseline page (ii)", rates["baseline"], "pages/s", "-", True),
        Row(f"public page {PAGE}, {sizes[1]:,} bytes", rates["page"], "pages/s", "-", True),
        Row("public page / baseline at equal size", per_byte, "ratio", "at least 0.7", per_byte >= 0.7),
    ]


def _weights(full: Server) -> list[Row]:
    page = fetch(full.port, Request("GET", "/en/"))[2]
    links = re.findall(rb'(?:<link rel="(?:stylesheet|icon)" href|src)="([^"]+)"', page)
    files = [
        fetch(full.port, Request("GET", link.decode(), headers={"Accept-Encoding": "br"}))[2]
        for link in links
    ]
    total = (len(brotli.compress(page, quality=5)) + sum(map(len, files))) / 1024
    return [
        Row("first page with all it loads, compressed", total, "KiB", "at most 30", total <= 30),
        Row("requests for the first page", 1 + len(links), "", "at most 3", 1 + len(links) <= 3),
    ]
