"""The sentences of the checker. They say what we know, and never that something is safe."""

from __future__ import annotations

from trustops.official.values import Asked, Contract, Domain, DomainKind, Token

NO_SHAPE = (
    "This is not an address, a link, a host name or an account, so we cannot look it up. Paste one "
    "of them alone, in full."
)
UNREADABLE = (
    "We cannot tell where this leads: programs would read it in different ways. Do not open it."
)
UNCHECKED = "We could not check this right now."

_KINDS = {
    Asked.ADDRESS: "address",
    Asked.DOMAIN: "name",
    Asked.LINK: "link",
    Asked.HANDLE: "account",
}
_ADDRESS_TRICKS = {
    "case": "It has the same characters as {what}, in other capitals, which makes it another one.",
    "same-ends": "It begins and ends like {what}, and differs in between.",
    "typo": "It differs in a few characters from {what}.",
}
_NAME_TRICKS = {
    "userinfo": "It shows {what} before an @, and leads to {name}.",
    "embedded": "It has {what} within it, and belongs to somebody else.",
    "letters": "It is written with other characters that look like those of {what}.",
    "ending": "It has the name of {what} with another ending.",
    "typo": "It differs in a letter or two from the name of {what}.",
    "brand": "It bears the name {what}.",
}


def thing(item: Token | Contract) -> str:
    """What an address of the list is, in words."""
    if isinstance(item, Token):
        return f"the {item.role} token {item.symbol} on {item.chain}"
    return f"the contract {item.role} on {item.chain}"


def official_address(what: str, on_sending: str = "") -> str:
    """An address of the list; `on_sending` is what is known of tokens that are sent to it."""
    return f"This is {what}, as our signed list has it. {on_sending}".rstrip()


def official_host(domain: Domain) -> str:
    """A host of the list: that of this desk, which is ours, or one of the project."""
    whose = "this desk" if domain.kind is DomainKind.DESK else "the project's"
    return (
        f"{domain.name} is {whose}, as our signed list has it. Compare the whole name in the "
        "address bar before you go on."
    )


def closed_host(host: str, name: str) -> str:
    """A host that was in use once and is not to be used any more, or one under it."""
    which = f"{host} lies under {name}, which" if host != name else f"{name}"
    return (
        f"{which} was in use once. Our signed list says: do not use it. Do not sign, pay or type "
        "anything there."
    )


def named_as_closed(name: str) -> str:
    """A host that is closed, where prose names it."""
    return f"{name} (closed, do not use it)"


def beside_closed(host: str, name: str) -> str:
    """A host that is not in the list, beside one that is closed."""
    return (
        f"We do not have {host} in our list. It belongs to the same name as {name}, of which "
        "the list says not to use it. Use neither of them."
    )


def own_host_missing(host: str) -> str:
    """The host of this very desk, which whoever signs forgot."""
    return (
        f"{host} is the host of the desk that answers you, and our signed list lacks it. So the "
        "list cannot show that this desk is ours. Until it does, compare the name with one that "
        "you have from the project by another way."
    )


def official_handle(what: str) -> str:
    """An account of the list."""
    return (
        f"The account {what} is in our signed list. Nobody of us writes to you first, there or "
        "elsewhere."
    )


def other_port(name: str) -> str:
    """A host of the list at an unusual port."""
    return f"The name {name} is in our list, but without a port. Open {name} itself instead."


def under_ours(host: str, name: str) -> str:
    """A host that is not in the list, under a name that is."""
    return (
        f"We do not have {host} in our list. It belongs to the same name as {name}, which is in "
        "it; open that one instead."
    )


def alike_address(what: str, why: str) -> str:
    """An address that is taken for one of the list."""
    trick = _ADDRESS_TRICKS[why].format(what=what)
    return f"This is not in our list. {trick} Do not send anything to it."


def alike_name(name: str, what: str, why: str) -> str:
    """A host, link or account that is taken for one of the list."""
    trick = _NAME_TRICKS[why].format(what=what, name=name)
    return f"This is not in our list. {trick} Do not sign, pay or type anything there."


def reported(note: str, grade: str) -> str:
    """Something that the list has as a false one, with the class of the evidence."""
    ended = note if note.endswith((".", "?")) else f"{note}."
    return f"Our signed list has this as a false one. {ended} Evidence: class {grade}."


def unknown(kind: Asked) -> str:
    """Something of which we know nothing."""
    return (
        f"We do not know this {_KINDS[kind]}. It is not in our list, so take it neither for ours "
        "nor for the project's."
    )
