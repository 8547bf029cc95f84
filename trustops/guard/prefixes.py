"""Secrets that say by their first letters what they are.

Where a prefix is unmistakable no checksum is asked for, so that a slip of the pen is found as well;
where it is a single letter, the checksum decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trustops.guard import checksums
from trustops.guard.kinds import SecretKind, Span
from trustops.guard.normalise import View

_BASE58 = "[1-9A-HJ-NP-Za-km-z]"
_BASE64 = r"[A-Za-z0-9+/\s]{40,}={0,2}"
_BECH32 = "[02-9ac-hj-np-zAC-HJ-NP-Z]"
_RIPPLE = "[rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz]"


def _certain(_: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape, looked for only where one of the marks stands somewhere in lower case."""

    marks: tuple[str, ...]
    shape: re.Pattern[str]
    proof: Callable[[str], bool] = _certain


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9])(?:{pattern})(?![A-Za-z0-9])")


_OWN_TOKEN = _shape(r"tod_[0-9A-Za-z]{4,}_[0-9A-Za-z]{16,}")
RULES = (
    Rule(("prv",), _shape(rf"[xyztuvYZUV]prv{_BASE58}{{100,112}}")),
    Rule(("age-secret-key-1",), _shape(rf"(?i:AGE-SECRET-KEY-1){_BECH32}{{50,}}")),
    Rule(("nsec1", "suiprivkey1"), _shape(rf"(?i:nsec1|suiprivkey1){_BECH32}{{50,}}")),
    Rule(
        ("secret-",),
        _shape(rf"(?i:secret-(?:extended-key|spending-key)-[a-z]{{2,8}}1){_BECH32}{{50,}}"),
    ),
    Rule(("_xsk1", "_sk1"), _shape(rf"(?i:[a-z0-9_]{{2,20}}_x?sk1){_BECH32}{{50,}}")),
    Rule(
        ("caqeei", "agebb", "ageam", "caqawbqydk2v", "caqewbqydk2v", "ibadanbg", "ibaakc"),
        _shape(
            r"(?:MH[cQ]CAQEEI|MIGkAgEBBD|MIH[bc]AgEBBE|MI(?:G|H)\wAgEAMB[AM]GByqG"
            r"|MC4CAQAwBQYDK2V|MFECAQEwBQYDK2V|MII[\w+/]{3}IBADANBgkqhkiG9w0BAQEFAASC"
            rf"|MII[\w+/]{{3}}IBAAKC){_BASE64}"
        ),
    ),
    Rule(("b3blbnnzac1rzxktdje",), _shape(f"b3BlbnNzaC1rZXktdjE{_BASE64}")),
    Rule(("aprivatekey1",), _shape(rf"APrivateKey1{_BASE58}{{40,}}")),
    Rule(("privatekey-",), _shape(rf"PrivateKey-{_BASE58}{{40,}}")),
    Rule(("pvt_",), _shape(rf"PVT_(?:K1|R1|WA)_{_BASE58}{{40,}}")),
    Rule(("secp256k1:",), _shape(rf"secp256k1:{_BASE58}{{43,44}}")),
    Rule(
        ("edsk", "spsk", "p2sk", "edesk", "spesk", "p2esk", "blsk", "blesk"),
        _shape(rf"(?:edsk|spsk|p2sk|edesk|spesk|p2esk|BLsk|BLesk){_BASE58}{{48,100}}"),
    ),
    Rule(("s",), _shape(r"S[A-Z2-7]{55}"), proof=checksums.is_stellar_seed),
    Rule(("s",), _shape(rf"s{_RIPPLE}{{27,30}}"), proof=checksums.is_ripple_seed),
)
SERVICES = (
    Rule(("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), _shape(r"gh[pousr]_[A-Za-z0-9]{36,}")),
    Rule(("github_pat_",), _shape(r"github_pat_\w{60,}")),
    Rule(("glpat-",), _shape(r"glpat-[\w-]{20,}")),
    Rule(
        ("xox", "xapp-"),
        _shape(r"(?:xox[abeoprs]|xapp)-(?:[A-Za-z0-9]{1,80}-){1,6}[A-Za-z0-9]{16,}"),
    ),
    Rule(("aiza",), _shape(r"AIza[\w-]{35}")),
    Rule(("k_live_",), _shape(r"[rs]k_live_[A-Za-z0-9]{16,}")),
    Rule((":aa",), _shape(r"(?:bot)?\d{8,10}:AA[\w-]{32,33}")),
    Rule(
        ("aws", "secret"),
        re.compile(
            r"(?i:aws.{0,20}secret|secret.{0,3}access.{0,3}key)[\w\s\"'`:=>-]{0,16}?"
            r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])"
        ),
    ),
    Rule(
        ("akia", "asia"),
        re.compile(
            r"(?<![A-Z0-9])A[KS]IA[A-Z2-7]{16}\W(?:.{0,60}?\W)?[A-Za-z0-9+/]{40}(?![\w+/=])",
            re.DOTALL,
        ),
    ),
)
"""Keys of services that program and team use: GitHub, GitLab, Slack, Google, Stripe, Telegram, AWS.

An access key of AWS alone is a name; its secret counts beside it, or where it is named.
"""


def _matches(view: View, rules: tuple[Rule, ...], kind: SecretKind) -> Iterator[Span]:
    for rule in rules:
        if not any(mark in view.low for mark in rule.marks):
            continue
        for match in rule.shape.finditer(view.text):
            if rule.proof(match[0]):
                yield Span(*match.span(), kind)


def prefixed(view: View) -> Iterator[Span]:
    """Every key that a rule of the table knows by its beginning."""
    yield from _matches(view, RULES, SecretKind.PRIVATE_KEY)


def tokens(view: View) -> Iterator[Span]:
    """API tokens of this desk, also such as are revoked or mistyped, and keys of other services."""
    for match in _OWN_TOKEN.finditer(view.text):
        yield Span(*match.span(), SecretKind.API_TOKEN)
    yield from _matches(view, SERVICES, SecretKind.API_TOKEN)
