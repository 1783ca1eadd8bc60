"""A bounded load on loopback: a fixed list of requests over a few connections, each answered and checked."""

import http.client
import statistics
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

CONNECTIONS = 8


@dataclass(frozen=True)
class Request:
    """One request and the status it must be answered with."""

    method: str
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    expect: tuple[int, ...] = (200,)


@dataclass(frozen=True)
class Measured:
    """What a load gave: answers a second over all, and each answer's time in milliseconds."""

    rate: float
    times_ms: Sequence[float]

    @property
    def p50(self) -> float:
        """The median time of an answer in milliseconds."""
        return statistics.median(self.times_ms)

    @property
    def p99(self) -> float:
        """The time in milliseconds that one answer in a hundred exceeds."""
        return sorted(self.times_ms)[int(len(self.times_ms) * 0.99)]


def load(port: int, requests: Sequence[Request], connections: int = CONNECTIONS) -> Measured:
    """Send every request once over so many connections; raises RuntimeError on an unexpected status."""
    shares = [requests[start::connections] for start in range(connections)]
    times: list[float] = []
    faults: list[str] = []
    threads = [threading.Thread(target=_send, args=(port, share, times, faults)) for share in shares if share]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(f"{len(faults)} requests failed, the first: {faults[0]}")
    return Measured(len(times) / (time.perf_counter() - began), times)


def fetch(port: int, request: Request) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Send one request and give back status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request(request.method, request.path, request.body, dict(request.headers))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def _send(port: int, share: Sequence[Request], times: list[float], faults: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for request in share:
        began = time.perf_counter()
        try:
            connection.request(request.method, request.path, request.body, dict(request.headers))
            answer = connection.getresponse()
            answer.read()
            if answer.status not in request.expect:
                faults.append(f"{request.method} {request.path}: {answer.status}")
        except OSError as error:
            faults.append(f"{request.method} {request.path}: {error}")
            connection.close()
        times.append((time.perf_counter() - began) * 1000)
    connection.close()
