"""A claim as it stands in the file of an exchange."""

from __future__ import annotations

SEEN = 'url = "https://exchange.example/notice"'


def claim_text(state: str, says: str, said_on: str, verified: str, source: str = SEEN) -> str:
    """One table of `claims`, of grade A.

    Args:
        state: what the exchange does, such as `announced`.
        says: what was said.
        said_on: the day on which it was said.
        verified: the day on which somebody last looked.
        source: the line that says where it can be seen.
    """
    return f"""
[[claims]]
state = "{state}"
says = "{says}"
said_on = {said_on}
grade = "A"
{source}
verified = {verified}
"""
