"""What a person reads when the guard refused their words.

Calm and complete, because the person may have lost their money by pasting here: what happened, what
it means, what to do now. Nothing of what was found is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trustops.guard.kinds import Finding, SecretKind

PLACE_LEFT = "[taken out]"
"""What stands in a form that comes back where a doubtful value stood."""

_NOBODY = "Nobody here will ever ask for it."

ADVICE: Mapping[SecretKind, str] = {
    SecretKind.RECOVERY_PHRASE: (
        "This looks like a recovery phrase. We did not store it. It has passed through your "
        "network and our server, so please treat it as compromised: create a new wallet on a "
        "clean device and move your assets there now. Revoking approvals does not help. "
        f"{_NOBODY} If it is not a recovery phrase, write it in full sentences and send it again."
    ),
    SecretKind.PRIVATE_KEY: (
        "This looks like a private key. We did not store it. If it is a transaction hash, put it "
        "into the transaction field, alone. If it is a key, it has passed through your network and "
        "our server, so please treat it as compromised: create a new wallet on a clean device and "
        f"move your assets there now. {_NOBODY}"
    ),
    SecretKind.KEYSTORE: (
        "This looks like a wallet file (keystore). We did not store it. It is only as safe as its "
        "password now, so please treat it as compromised: create a new wallet on a clean device "
        f"and move your assets there now. {_NOBODY}"
    ),
    SecretKind.API_TOKEN: (
        "This looks like an API token, of this desk or of another service. We did not store it. "
        "Please have it revoked where it was issued, use a new one, and keep it out of messages. "
        f"{_NOBODY}"
    ),
}
"""One text a kind, for people who read English; translations belong to the catalogues."""


QUESTIONS: Mapping[SecretKind, str] = {
    **ADVICE,
    SecretKind.RECOVERY_PHRASE: (
        "Is this a recovery phrase? We could not tell, so we did not store it, and took it out of "
        "what you wrote. If it is none, say the same in other words and send it again. If it is "
        "one, do not send it: it has passed through your network and our server, so please treat "
        "it as compromised and move your assets to a new wallet, made on a clean device. "
        f"{_NOBODY}"
    ),
    SecretKind.PRIVATE_KEY: (
        "Is this a transaction hash? We could not tell, so we did not store it, and took it out "
        "of what you wrote. If it is one, put it into the field for transactions, or write the "
        "word transaction before it, and send it again. If it is a key, do not send it: it has "
        "passed through your network and our server, so please treat it as compromised and move "
        f"your assets to a new wallet, made on a clean device. {_NOBODY}"
    ),
}
"""One text a kind that was found in doubt; wallet files and tokens never are."""


_NOT_SENT = "It has not left this page."
_TAKE_OUT = f"{_NOT_SENT} Please take it out before you send the rest. {_NOBODY}"

WARNINGS: Mapping[SecretKind, str] = {
    SecretKind.RECOVERY_PHRASE: (
        f"This looks like a recovery phrase. {_TAKE_OUT} If it is not a recovery phrase, write it "
        "in full sentences."
    ),
    SecretKind.PRIVATE_KEY: (
        f"This looks like a private key. {_TAKE_OUT} If it is a transaction hash, put it into the "
        "transaction field, alone."
    ),
    SecretKind.KEYSTORE: f"This looks like a wallet file (keystore). {_TAKE_OUT}",
    SecretKind.API_TOKEN: (
        f"This looks like an API token, of this desk or of another service. {_TAKE_OUT}"
    ),
}
"""The same before anything was sent, beside its field (web/static/js/secrets.js)."""

WARNINGS_IN_DOUBT: Mapping[SecretKind, str] = {
    SecretKind.RECOVERY_PHRASE: (
        f"Is this a recovery phrase? {_NOT_SENT} If it is one, take it out. If it is none, say the "
        f"same in other words. {_NOBODY}"
    ),
    SecretKind.PRIVATE_KEY: (
        f"Is this a transaction hash? {_NOT_SENT} If it is one, say so and we write the word "
        f"transaction before it. If it is a key, take it out. {_NOBODY}"
    ),
}
"""The questions before anything was sent."""


def advice(findings: Iterable[Finding]) -> str:
    """What the person should read, one paragraph a kind; nothing for no finding.

    Where everything was found in doubt it asks, and where anything is certain it says so.
    """
    found = tuple(findings)
    doubtful = only_doubts(found)
    kinds = {finding.kind for finding in found if doubtful or finding.is_certain}
    texts = QUESTIONS if doubtful else ADVICE
    return "\n\n".join(texts[kind] for kind in SecretKind if kind in kinds)


def only_doubts(findings: Iterable[Finding]) -> bool:
    """Whether nothing among the findings is certain, so that the person can be asked."""
    return not any(finding.is_certain for finding in findings)
