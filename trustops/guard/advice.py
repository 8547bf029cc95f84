"""What a person reads when the guard refused their words.

Calm and complete, because the person may have lost their money by pasting here: what happened, what
it means, what to do now. Nothing of what was found is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trustops.guard.kinds import Finding, SecretKind

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
        "into the transaction field, beginning with 0x. If it is a key, it has passed through "
        "your network and our server, so please treat it as compromised: create a new wallet on a "
        f"clean device and move your assets there now. {_NOBODY}"
    ),
    SecretKind.KEYSTORE: (
        "This looks like a wallet file (keystore). We did not store it. It is only as safe as its "
        "password now, so please treat it as compromised: create a new wallet on a clean device "
        f"and move your assets there now. {_NOBODY}"
    ),
    SecretKind.API_TOKEN: (
        "This looks like an API token of this desk. We did not store it. Please ask an "
        "administrator to revoke it and to issue a new one, and keep it out of messages. "
        f"{_NOBODY}"
    ),
}
"""One text a kind, for people who read English; translations belong to the catalogues."""


def advice(findings: Iterable[Finding]) -> str:
    """What the person should read, one paragraph a kind; nothing for no finding."""
    kinds = {finding.kind for finding in findings}
    return "\n\n".join(ADVICE[kind] for kind in SecretKind if kind in kinds)
