"""Whose account a link shows: X, Telegram, Discord, Mastodon, GitHub and others. Pure.

The same name on two networks is two accounts, so each comes with its network.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qs, unquote

from trustops.official.hosts import is_or_lies_under
from trustops.official.letters import words

_SAME_NETWORK = {
    "twitter": "x",
    "tg": "telegram",
    "fediverse": "mastodon",
    "e-mail": "email",
    "mail": "email",
    "warpcast": "farcaster",
    "bsky": "bluesky",
    "kakao": "kakaotalk",
    "we chat": "wechat",
    **dict.fromkeys(("텔레그램", "电报", "電報", "飞机", "飛機"), "telegram"),
    **dict.fromkeys(("카카오톡", "카톡"), "kakaotalk"),
    **dict.fromkeys(("트위터", "推特"), "x"),
    **dict.fromkeys(("위챗", "微信"), "wechat"),
    "디스코드": "discord",
    "인스타그램": "instagram",
}
_PROPER_NAMES = {
    "x": "X",
    "email": "e-mail",
    "github": "GitHub",
    "gitlab": "GitLab",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "linkedin": "LinkedIn",
    "whatsapp": "WhatsApp",
    "wechat": "WeChat",
    "kakaotalk": "KakaoTalk",
    "google-sites": "Google Sites",
}
_BEFORE_HOST = ("www.", "m.", "mobile.", "old.", "web.", "gist.", "touch.", "canary.", "ptb.")
_NO_ACCOUNT = words("""
    i home search explore hashtag share messages notifications settings login signup tos privacy
    about features topics trending marketplace sponsors pricing collections joinchat addstickers
    proxy socks setlanguage addtheme bg iv c b channels download app jobs compose watch results
    feed shorts premium notfound
""")
"""First steps of paths that are pages of the network and no account."""

_WRITTEN_BY_ANYBODY = frozenset({"issues", "discussions", "pull", "pulls", "wiki", "commit"})
_NAME = re.compile(r"[\w$+.-]{1,64}")
_TAG = re.compile(r"#\d{4}$")


@dataclass(frozen=True, slots=True)
class Account:
    """An account: its network by the name of the manifest, and its name without @, lower case.

    `by_anybody`: the link leads to words that others may have written, whatever name stands in it.
    """

    network: str
    name: str
    by_anybody: bool = False


@dataclass(frozen=True, slots=True)
class _Link:
    """The parts of a link that name an account."""

    steps: tuple[str, ...]
    query: dict[str, list[str]]
    fragment: str


def _first(link: _Link) -> str:
    return link.steps[0] if link.steps else ""


def _of_x(link: _Link) -> tuple[str, bool]:
    """A profile, a post under a name, or a button that follows somebody.

    X opens a post by its number, whatever name stands before it.
    """
    for key in ("screen_name", "user"):
        if _first(link) in {"intent", "share"} and link.query.get(key):
            return link.query[key][0], False
    return _first(link), link.steps[1:2] in {("status",), ("statuses",)}


def _of_telegram(link: _Link) -> tuple[str, bool]:
    """A name, a channel's preview (`/s/`), a message, or the web client with a name behind `#`."""
    if link.fragment.startswith("@"):
        return link.fragment, False
    if link.query.get("domain"):
        return link.query["domain"][0], False
    steps = link.steps[1:] if _first(link) == "s" else link.steps
    return (steps[0] if steps and not steps[0].startswith("+") else ""), False


def _of_discord(link: _Link) -> tuple[str, bool]:
    """The code of an invitation, or the number of a person; both count as the name."""
    if _first(link) in {"invite", "users"}:
        return "".join(link.steps[1:2]), False
    return "", False


def _of_invitation(link: _Link) -> tuple[str, bool]:
    return _first(link), False


def _of_github(link: _Link) -> tuple[str, bool]:
    """An owner; issues, comments and pages of a wiki are written by anybody."""
    steps = link.steps[1:] if _first(link) in {"orgs", "users"} else link.steps
    return (steps[0] if steps else ""), any(step in _WRITTEN_BY_ANYBODY for step in steps[2:3])


def _of_profile(word: str) -> Callable[[_Link], tuple[str, bool]]:
    def read(link: _Link) -> tuple[str, bool]:
        return ("".join(link.steps[1:2]), False) if _first(link) == word else ("", False)

    return read


def _of_first(link: _Link) -> tuple[str, bool]:
    return _first(link), False


def _of_at(link: _Link) -> tuple[str, bool]:
    return (_first(link), False) if _first(link).startswith("@") else ("", False)


def _of_company(link: _Link) -> tuple[str, bool]:
    is_account = _first(link) in {"company", "in", "school", "showcase"}
    return ("".join(link.steps[1:2]), False) if is_account else ("", False)


def _of_reddit(link: _Link) -> tuple[str, bool]:
    return ("".join(link.steps[1:2]), False) if _first(link) in {"u", "user", "r"} else ("", False)


_READERS: tuple[tuple[str, str, Callable[[_Link], tuple[str, bool]]], ...] = (
    ("x.com", "x", _of_x),
    ("twitter.com", "x", _of_x),
    ("t.me", "telegram", _of_telegram),
    ("telegram.me", "telegram", _of_telegram),
    ("telegram.dog", "telegram", _of_telegram),
    ("telegram.org", "telegram", _of_telegram),
    ("discord.gg", "discord", _of_invitation),
    ("dsc.gg", "discord", _of_invitation),
    ("discord.com", "discord", _of_discord),
    ("discordapp.com", "discord", _of_discord),
    ("github.com", "github", _of_github),
    ("farcaster.xyz", "farcaster", _of_first),
    ("warpcast.com", "farcaster", _of_first),
    ("bsky.app", "bluesky", _of_profile("profile")),
    ("medium.com", "medium", _of_at),
    ("youtube.com", "youtube", _of_at),
    ("tiktok.com", "tiktok", _of_at),
    ("threads.net", "threads", _of_at),
    ("threads.com", "threads", _of_at),
    ("instagram.com", "instagram", _of_first),
    ("facebook.com", "facebook", _of_first),
    ("reddit.com", "reddit", _of_reddit),
    ("linktr.ee", "linktree", _of_first),
    ("telegra.ph", "telegraph", _of_first),
    ("sites.google.com", "google-sites", _of_profile("view")),
    ("linkedin.com", "linkedin", _of_company),
)
_KNOWN_HOSTS = frozenset(host for host, _, _ in _READERS)


def is_platform(host: str) -> bool:
    """Whether a host belongs to many, so that only what stands behind it is somebody's."""
    return any(is_or_lies_under(host, name) for name in _KNOWN_HOSTS)


def network_named(name: str) -> str:
    """The one name of a network that is called by several."""
    return _SAME_NETWORK.get(name.lower(), name.lower())


def network_shown(name: str) -> str:
    """A network as sentences name it, such as `Mastodon` or `GitHub`; one unknown, capitalised."""
    known = network_named(name)
    if known in _PROPER_NAMES:
        return _PROPER_NAMES[known]
    return name if name != name.lower() else known.replace("-", " ").capitalize()


def plain_name(text: str) -> str:
    """A name as accounts are compared: no @ before it, no tag, no star, lower case."""
    return _TAG.sub("", text.strip("*").lstrip("@").rstrip("/.").lower())


def in_link(host: str, rest: str) -> Account | None:
    """The account that a link shows; None where it shows none.

    Args:
        host: of the link, in lower case.
        rest: what follows the host: path, query and fragment.
    """
    before, _, fragment = rest.partition("#")
    path, _, query = before.partition("?")
    steps = tuple(unquote(step).lower() for step in path.split("/") if step)
    link = _Link(steps, parse_qs(query.lower()), unquote(fragment).lower())
    place = _without_prefix(host.lower())
    for name, network, read in _READERS:
        if place == name:
            shown, by_anybody = read(link)
            return _account(network, shown, by_anybody=by_anybody)
    for ending, network in ((".t.me", "telegram"), (".medium.com", "medium")):
        if place.endswith(ending) and not (network == "telegram" and link.steps[1:]):
            return _account(network, place.removesuffix(ending), by_anybody=False)
    return _on_a_server(place, link.steps)


def _without_prefix(host: str) -> str:
    """The host without what leads to its version for phones; a name alone keeps what it has."""
    for prefix in _BEFORE_HOST:
        rest = host.removeprefix(prefix)
        if rest != host and rest in _KNOWN_HOSTS:
            return rest
    return host.removeprefix("www.")


def _account(network: str, name: str, *, by_anybody: bool) -> Account | None:
    plain = plain_name(name)
    if plain in _NO_ACCOUNT or not _NAME.fullmatch(plain):
        return None
    return Account(network, plain, by_anybody)


def _on_a_server(host: str, steps: tuple[str, ...]) -> Account | None:
    """An account of a Mastodon server, by `/@name`, `/@name@elsewhere` or `/users/name`."""
    steps = steps[1:] if steps[:1] == ("web",) else steps
    named = "".join(steps[:1])
    if steps[:1] == ("users",) and len(steps) > 1:
        named = f"@{steps[1]}"
    if not named.startswith("@"):
        return None
    name, at, elsewhere = named[1:].partition("@")
    if not _NAME.fullmatch(name):
        return None
    return Account("mastodon", f"{name}@{elsewhere if at else host}")


@cache
def listed(network: str, handle: str) -> Account:
    """An account as a manifest names it: a name, or the link of its profile."""
    text = re.sub(r"^https?://", "", handle.strip(), flags=re.IGNORECASE)
    host, slash, path = text.partition("/")
    shown = in_link(host.lower(), f"/{path}") if slash else None
    return shown or Account(network_named(network), plain_name(text))
