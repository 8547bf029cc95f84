"""Public sites that are nobody's imitation: explorers, exchanges, wallets and everyday names.

A verdict on one of them is `unknown` and says what it is; ours is only what the signed list has.
"""

from __future__ import annotations

from trustops.guard.places import EXCHANGES, EXPLORERS, SHORTENERS
from trustops.official.hosts import is_or_lies_under
from trustops.official.letters import words

OTHERS = words("""
    metamask.io phantom.app phantom.com ledger.com trezor.io trustwallet.com rabby.io safe.global
    walletconnect.com walletconnect.network tangem.com keplr.app rainbow.me coingecko.com
    coinmarketcap.com defillama.com dexscreener.com dextools.io geckoterminal.com dune.com
    tradingview.com coindesk.com cointelegraph.com decrypt.co theblock.co google.com youtube.com
    wikipedia.org reddit.com medium.com microsoft.com apple.com amazon.com skype.com sky.com
    skyscanner.com skyscanner.net skynews.com.au skyteam.com skybridge.com polygon.com sonic.com
    sonic.net sonicdrivein.com sonicwall.com render.com mantra.com fetch.com ocean.com
    oceanprotocol.com near.org maker.co vault.com solar.com police.uk poland.travel wave.com
    waves.com manta.network cosmos.com harmony.com orbit.com flow.com compound.com web.archive.org
""")
"""Wallets, price pages, news, and big names that share a word with some project."""

_GROUPS = (
    ("public-explorer", EXPLORERS),
    ("public-exchange", EXCHANGES),
    ("public-site", OTHERS),
    ("shortened", SHORTENERS),
)


def public_kind(host: str) -> str:
    """What public site a host is, as a word for programs; empty where it is none that we know."""
    plain = host.removeprefix("www.")
    return next(
        (kind for kind, names in _GROUPS if any(is_or_lies_under(plain, name) for name in names)),
        "",
    )
