"""Hosts that outgoing words may name beside the official ones, and networks of accounts. A list.

Nothing of it says that a host is ours: it says that a holder who looks there for a transaction, or
asks their exchange, is where everybody is.
"""

from __future__ import annotations

from collections.abc import Mapping

from trustops.guard.context import EXPLORERS

MORE_EXPLORERS = (
    "solscan.io",
    "explorer.solana.com",
    "solana.fm",
    "tronscan.org",
    "blockchair.com",
    "mempool.space",
    "blockstream.info",
    "optimistic.etherscan.io",
    "cardanoscan.io",
    "mintscan.io",
    "suiscan.xyz",
    "suivision.xyz",
    "nearblocks.io",
    "tonviewer.com",
    "tonscan.org",
    "xrpscan.com",
    "stellar.expert",
    "tzkt.io",
    "klaytnscope.com",
    "kaiascan.io",
    "zksync.io",
    "mantlescan.xyz",
    "celoscan.io",
    "gnosisscan.io",
    "ftmscan.com",
    "berascan.com",
    "uniscan.xyz",
)
"""Explorers beside those whose transaction addresses `guard.context` believes."""

EXCHANGES = (
    "binance.com",
    "bingx.com",
    "bitfinex.com",
    "bitget.com",
    "bithumb.com",
    "bitmart.com",
    "bitstamp.net",
    "bitvavo.com",
    "bybit.com",
    "coinbase.com",
    "coinex.com",
    "coinone.co.kr",
    "crypto.com",
    "gate.com",
    "gate.io",
    "gemini.com",
    "gopax.co.kr",
    "htx.com",
    "korbit.co.kr",
    "kraken.com",
    "kucoin.com",
    "lbank.com",
    "mexc.com",
    "okx.com",
    "phemex.com",
    "poloniex.com",
    "upbit.com",
    "whitebit.com",
    "xt.com",
)
"""Exchanges, by the host that they own; help pages lie under it."""

PUBLIC_HOSTS = frozenset({*EXPLORERS, *MORE_EXPLORERS, *EXCHANGES})
"""Hosts, and all under them, that any answer may name."""

SHORTENERS = frozenset(
    {
        *("bit.ly", "bitly.com", "j.mp", "t.co", "tinyurl.com", "goo.gl", "ow.ly", "is.gd"),
        *("v.gd", "buff.ly", "cutt.ly", "rebrand.ly", "rb.gy", "t.ly", "s.id", "shorturl.at"),
        *("short.io", "shorte.st", "adf.ly", "lnkd.in", "dlvr.it", "soo.gd", "tiny.cc"),
        *("tiny.one", "bl.ink", "clck.ru", "qr.ae", "x.gd", "u.nu", "han.gl", "me2.do"),
        *("url.kr", "vo.la", "buly.kr", "zrr.kr", "c11.kr", "dwz.cn", "suo.im", "t.cn"),
        *("url.cn", "mrw.so", "linktr.ee", "shrtco.de", "trib.al", "fb.me", "amzn.to"),
        *(
            "youtu.be",
            "wa.me",
        ),
    }
)
"""Hosts whose links lead somewhere that nobody can read in them."""

PROFILE_HOSTS: Mapping[str, str] = {
    "x.com": "x",
    "twitter.com": "x",
    "mobile.twitter.com": "x",
    "t.me": "telegram",
    "telegram.me": "telegram",
    "telegram.dog": "telegram",
    "discord.gg": "discord",
    "discord.com": "discord",
    "discordapp.com": "discord",
    "github.com": "github",
    "warpcast.com": "farcaster",
    "farcaster.xyz": "farcaster",
    "bsky.app": "bluesky",
    "facebook.com": "facebook",
    "instagram.com": "instagram",
    "youtube.com": "youtube",
    "medium.com": "medium",
    "reddit.com": "reddit",
    "open.kakao.com": "kakao",
    "line.me": "line",
}
"""Hosts that everybody shares, where it is the account that matters, with the network's name."""

NOT_IN_THE_LIST = frozenset({"eth", "sol", "bnb", "onion", "bit", "crypto", "wallet", "lens"})
"""Ends of names that are no public suffix and lead to a wallet or a site all the same."""

NO_HOSTS = frozenset({"md", "py", "rs", "sh", "so", "pl", "ps", "cc", "zip", "mov"})
"""Ends that are files more often than hosts, where no scheme or path stands beside them."""
