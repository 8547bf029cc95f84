"""What a reader's headers ask for: whether gzip is taken, whether they have the answer already.

RFC 9110, sections 12.5.3 and 13.1.2. Most readers send one of a few values, so verdicts are kept.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=256)
def takes_gzip(accepted: str) -> bool:
    """Whether an `Accept-Encoding` prefers gzip to the plain answer or likes it as much."""
    weights: dict[str, float] = {}
    for item in accepted.lower().split(","):
        coding, _, rest = item.partition(";")
        weights[coding.strip()] = _weight(rest)
    gzip = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return gzip > 0 and gzip >= weights.get("identity", 0.0)


@lru_cache(maxsize=1024)
def matches(sent: str, etag: str) -> bool:
    """Whether an `If-None-Match` names an ETag; a weak one counts, as the RFC says."""
    if sent == etag:
        return True
    named = {item.strip().removeprefix("W/") for item in sent.split(",")}
    return "*" in named or etag in named


def _weight(parameters: str) -> float:
    """The `q` of an item: 1 where there is none, 0 where it cannot be read."""
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
