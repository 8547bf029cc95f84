"""The sentences of the checker. They say what we know, and never that something is safe. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trustops.content.chain_names import NO_TITLES, chain_shown
from trustops.official.values import Asked, Contract, Domain, DomainKind, Token

NOBODY_FIRST = "Nobody of us writes to you first."
"""Stands in every verdict, whatever it is."""

NO_SHAPE = (
    "We see no address, link, host name or account in this, so we cannot look it up. Paste one in "
    "full, or the whole message that you received."
)
TOO_LONG = "This is too long to be read. Paste the part with the link, the address or the account."
TRANSACTION = (
    "This is the number of a transaction or a block, not an address. We do not look it up "
    "elsewhere, and a transaction alone does not show who is honest. If it is yours and something "
    "went wrong, open a ticket and put it into the field for the transaction."
)
_TROUBLES = {
    "unreadable": (
        "We cannot tell where this leads: programs would read it in different ways. Do not open it."
    ),
    "program": "This is no link to a site: it runs or opens a program. Do not open it.",
    "number": (
        "This leads to a machine by its number instead of a name. Nothing of ours is reached that "
        "way. Do not open it."
    ),
    "wallet-connect": (
        "This connects your wallet to somebody. We never ask you to connect a wallet. Do not open "
        "it."
    ),
    "payment-request": (
        "This asks your wallet to do something, such as to send tokens or to let somebody spend "
        "them. Such a request is not ours, also where an address of our list stands in it. Do not "
        "confirm it in your wallet."
    ),
    "shortened-address": (
        "Characters are left out in the middle of this address, and false addresses share their "
        "ends with real ones. Paste it in full."
    ),
    "before-at": (
        "What stands before the @ in a link is not the site: this leads to {name}. It is not in "
        "our list: do not use it."
    ),
    "port": "This leads to an unusual port of {name}. It is not in our list: do not use it.",
    "mixed-scripts": (
        "Letters of several alphabets stand in {name}, which is how names are imitated. It is not "
        "in our list: do not use it."
    ),
    "punycode": (
        "The name is written in a code: a reader sees {name}. It is not in our list: do not use it."
    ),
    "invisible": (
        "Characters that nobody can see stand in this, and without them it is {name}. It is not in "
        "our list: do not use it."
    ),
}
"""What is odd about a link, told before anything else is."""

_REMARKS = {
    "checksum": (
        "Its capital letters do not match its checksum (EIP-55), so a character may be another "
        "one. Copy it again from where it comes from."
    ),
    "invisible": (
        "A character that nobody can see stands in what you pasted. Copy nothing from there; copy "
        "it from our list."
    ),
    "amount": "This asks you to pay. We ask nobody for a payment.",
    "other-chain": "The link names another chain than our list does. Look at the chain first.",
    "old-token": "This is the old token: do not buy it.",
}
"""What is said beside a verdict of how a thing is written, or what it is."""

_PUBLIC = {
    "public-explorer": (
        "{name} is a public site that shows what stands on a chain. It is not ours, and not a sign "
        "that somebody is of us. Type its name yourself rather than follow a link."
    ),
    "public-exchange": (
        "{name} is the name of an exchange. It is not ours, and we cannot speak for it. Reach it "
        "by your own bookmark, not by a link that somebody sent you."
    ),
    "public-site": (
        "{name} is the name of a site that many know. It is not in our list, so take it neither "
        "for ours nor for the project's."
    ),
    "shortened": (
        "{name} shortens links: nobody sees where they lead. Nothing of ours is shared through it. "
        "Do not open it."
    ),
}
UNCHECKED = "We could not check this right now."

_KINDS = {
    Asked.ADDRESS: "address",
    Asked.DOMAIN: "name",
    Asked.LINK: "link",
    Asked.HANDLE: "account",
    Asked.TRANSACTION: "transaction",
    Asked.UNKNOWN_SHAPE: "text",
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
    "network": "It has the name of {what}, and is an account elsewhere.",
}


def thing(item: Token | Contract, chains: Mapping[str, str] = NO_TITLES) -> str:
    """What an address of the list is, in words; `chains` are the titles of chains by id."""
    on_chain = f"on {chain_shown(item.chain, chains)}"
    if isinstance(item, Token):
        return f"the {item.role} token {item.symbol} {on_chain}"
    return f"the contract {item.role} {on_chain}"


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


def own_host_alone(host: str) -> str:
    """The host of this very desk, while nothing can be looked up."""
    return (
        f"{host} is the host of the desk that answers you, as its own settings say. Only the "
        "address bar shows where you are: compare the whole name there with one that you have "
        "from the project by another way."
    )


def official_handle(what: str) -> str:
    """An account of the list."""
    return (
        f"The account {what} is in our signed list. Its name alone proves nothing in a message "
        "that you received: senders can be forged."
    )


def post_of_official(what: str) -> str:
    """A link to words under a name of the list, which others may have written."""
    return (
        f"The account {what}, which this link names, is in our signed list. What it opens may be "
        "written by somebody else: look at the name above the words before you believe them."
    )


def other_port(name: str) -> str:
    """A host of the list at an unusual port."""
    return f"The name {name} is in our list, but without a port. Open {name} itself instead."


def under_ours(host: str, name: str) -> str:
    """A host that is not in the list, under a name that is."""
    return (
        f"{host} is not in our list: do not use it. It belongs to the same name as {name}, which "
        "is in it; open that one instead."
    )


def on_our_server(name: str) -> str:
    """An account or mail address at a name of ours, which the list does not have."""
    return (
        f"{name} is not in our list: do not use it. It stands at a name of ours, but the list "
        "names every account that is ours, and senders can be forged."
    )


def shown_behind(host: str, name: str) -> str:
    """A link in which a host of ours stands where it leads to nothing."""
    return (
        f"The name {name} stands in this link, but the link leads to {host}, which is not in our "
        f"list: do not use it. Open {name} itself instead."
    )


def symbol(name: str) -> str:
    """The symbol of a token of the list, which any token may bear."""
    return (
        f"{name} is a symbol, and anybody can give a token the same one. What tells it is its "
        "address: paste that, or compare it with our list."
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


def odd(why: str, name: str) -> str:
    """What is odd about a link, by its short word."""
    return _TROUBLES[why].format(name=name)


def public(kind: str, name: str) -> str:
    """A public site that is neither ours nor an imitation."""
    return _PUBLIC[kind].format(name=name)


def remarked(sentence: str, remarks: Iterable[str]) -> str:
    """A sentence with what has to be said beside it, and what stands in every verdict."""
    return " ".join((sentence, *(_REMARKS[item] for item in remarks), NOBODY_FIRST))
