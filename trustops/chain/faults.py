"""What can go wrong between us and a node, in few words. Nothing here ever holds a URL.

A revert is an answer of the contract, not a fault of the node; everything else moves on to the
next node.
"""

from __future__ import annotations

import re

from trustops.errors import TrustOpsError

REFUSED_RANGE = re.compile(
    r"range|more than [\d,]+ (results|logs)|too many|exceed|limit(ed)? (to|the|exceeded)|at most|"
    r"maximum|\bspan\b|distance|response size|too large|query timeout",
    re.IGNORECASE,
)
REVERTED = re.compile(r"revert|invalid opcode|out of gas", re.IGNORECASE)
RATE = re.compile(r"rate limit|too many requests|capacity|throttl", re.IGNORECASE)

REVERT_CODE = 3


class NodeError(TrustOpsError):
    """A node could not be read. The message is a sentence for an operator, without its address."""

    slug = "node"
    title = "The node could not be read"


class MalformedError(NodeError):
    """The node, or the contract, answered something of another shape than it should."""


class RangeError(NodeError):
    """The node refuses so many blocks or so many logs at once; fewer may work."""


class SlowError(NodeError):
    """The node did not answer in time; a smaller question may be answered."""


class RevertError(NodeError):
    """The contract refused the call. Another node would say the same."""


class BehindError(NodeError):
    """The node does not have the block, or its newest block is too old."""


class ConflictError(NodeError):
    """A block that was final has another hash now. Nothing more is read until a person looks."""


def refusal(code: object, message: str) -> NodeError:
    """What an error answer of JSON-RPC means, by its code and its words."""
    words = message.splitlines()[0][:160] if message else "no words"
    if code == REVERT_CODE or REVERTED.search(message):
        return RevertError("The contract refused the call.")
    if RATE.search(message):
        return NodeError("The node has a limit of requests, which was reached.")
    if REFUSED_RANGE.search(message):
        return RangeError("The node refuses so many blocks at once.")
    return NodeError(f"The node refused a request (code {code}): {words}")
