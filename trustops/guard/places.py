"""Public hosts: explorers, exchanges, shorteners, and networks where only the account matters.

The one list of them. Nothing of it says that a host is ours: it says that a holder who looks there
for a transaction, or asks their exchange, is where everybody is. Outgoing words may name explorers
and exchanges, 64 digits in an explorer's address are public, and the checker says what they are.
"""

from __future__ import annotations

from collections.abc import Mapping


def hosts(names: str) -> tuple[str, ...]:
    """The hosts of a list with spaces between them."""
    return tuple(names.split())


EXPLORERS = hosts("""
    abscan.org across.to adastat.net algoexplorer.io allo.info apescan.io aptoscan.com
    aptoslabs.com arbiscan.io arkhamintelligence.com arkm.com atomscan.com axelarscan.io
    basescan.org beaconcha.in berascan.com bigdipper.forbole.com bigdipper.live bithomp.com
    bitinfocharts.com blastscan.io blockchain.com blockchain.info blockchair.com blockscout.com
    blocksec.com blockstream.info bscscan.com btc.com btcscan.org bttcscan.com cardanoscan.io
    ccip.chain.link celenium.io celoscan.io cexplorer.io cronoscan.com cspr.live debank.com
    debridge.finance dogechain.info easscan.org eosauthority.com etherscan.io ethplorer.io
    eutxo.org explore.vechain.org explorer.cardano.org explorer.cow.fi explorer.elrond.com
    explorer.injective.network explorer.iota.org explorer.kaspa.org explorer.multiversx.com
    explorer.near.org explorer.okx.com explorer.solana.com explorer.sui.io explorer.vechain.org
    explorers.guru filfox.info filscan.io finder.kujira.network finder.terra-classic.io
    finder.terra.money fraxscan.com ftmscan.com gnosisscan.io hashscan.io hivehub.dev
    hop.exchange hyperevmscan.io hyperliquid.xyz jiffyscan.xyz kaiascan.io kas.fyi
    klaytnfinder.io klaytnscope.com layerzeroscan.com lineascan.build litecoinspace.org
    live.blockcypher.com mantlescan.info mantlescan.xyz mantrachain.io mantrascan.io
    mempool.space mintscan.io moonscan.io nearblocks.io nodes.guru oklink.com opbnbscan.com
    orbiter.finance osmosis.zone otterscan.io phalcon.xyz pikespeak.ai ping.pub polkascan.io
    polygonscan.com pool.pm revoke.cash routescan.io runescan.io scope.klaytn.com scrollscan.com
    seistream.app seitrace.com snowscan.xyz snowtrace.io socketscan.io solana.fm solanabeach.io
    solscan.io sonicscan.org sourcify.dev stakeflow.io starkscan.co stellar.expert
    stellarchain.io subscan.io suiscan.xyz suivision.xyz taikoscan.io tenderly.co
    terrascope.info thorchain.net tonscan.org tonviewer.com tracemove.io tronscan.io
    tronscan.org tzkt.io unichain.org uniscan.xyz vechainstats.com viewblock.io voyager.online
    wemixscan.com worldscan.org wormholescan.io xmrchain.net xray.helius.xyz xrpl.org
    xrpscan.com zapper.xyz zcashblockexplorer.com zkscan.io zksync.io
""")
"""Hosts (and their subdomains) that show what stands on a public chain."""

EXCHANGES = hosts("""
    1inch.io aerodrome.finance ascendex.com binance.com binance.us bingx.com bitbank.cc
    bitfinex.com bitflyer.com bitget.com bithumb.com bitmart.com bitpanda.com bitso.com
    bitstamp.net bitvavo.com btcturk.com bybit.com coinbase.com coincheck.com coindcx.com
    coinex.com coinone.co.kr crypto.com curve.fi deribit.com etoro.com gate.com gate.io
    gemini.com gopax.co.kr htx.com huobi.com jup.ag korbit.co.kr kraken.com kucoin.com lbank.com
    luno.com mercadobitcoin.com.br mexc.com okx.com pancakeswap.finance paribu.com phemex.com
    poloniex.com probit.com raydium.io revolut.com robinhood.com sushi.com uniswap.org upbit.com
    wazirx.com whitebit.com xt.com
""")
"""Well-known exchanges, also those without a keeper, by the host that they own."""

PUBLIC_HOSTS = frozenset({*EXPLORERS, *EXCHANGES})
"""Hosts, and all under them, that any answer may name."""

SHORTENERS = frozenset(
    hosts("""
        adf.ly amzn.to bit.ly bitly.com bl.ink buff.ly buly.kr c11.kr clck.ru cutt.ly dlvr.it dub.sh
        dwz.cn fb.me goo.gl han.gl is.gd j.mp linktr.ee lnkd.in me2.do mrw.so ow.ly qr.ae qr1.be
        qrco.de rb.gy rebrand.ly s.id short.io shorte.st shorturl.at shrtco.de soo.gd suo.im surl.li
        t.cn t.co t.ly tiny.cc tiny.one tinyurl.com tny.im trib.al u.nu u.to url.cn url.kr urlz.fr
        v.gd vo.la wa.me x.gd youtu.be zrr.kr
""")
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
