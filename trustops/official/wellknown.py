"""Public sites that are nobody's imitation: explorers, exchanges, wallets and everyday names.

A verdict on one of them is `unknown` and says what it is; ours is only what the signed list has.
"""

from __future__ import annotations

from trustops.official.hosts import is_or_lies_under
from trustops.official.letters import words

EXPLORERS = words("""
    etherscan.io basescan.org arbiscan.io bscscan.com polygonscan.com blockscout.com snowtrace.io
    snowscan.xyz ftmscan.com sonicscan.org lineascan.build scrollscan.com celoscan.io
    gnosisscan.io moonscan.io cronoscan.com blastscan.io mantlescan.xyz mantlescan.info zkscan.io
    fraxscan.com worldscan.org unichain.org berascan.com taikoscan.io bttcscan.com opbnbscan.com
    wemixscan.com kaiascan.io klaytnscope.com klaytnfinder.io solscan.io explorer.solana.com
    solana.fm solanabeach.io xray.helius.xyz tronscan.org tronscan.io mintscan.io
    finder.terra.money cardanoscan.io cexplorer.io adastat.net suiscan.xyz suivision.xyz
    explorer.aptoslabs.com nearblocks.io explorer.near.org tonscan.org tonviewer.com xrpscan.com
    bithomp.com stellar.expert subscan.io blockchair.com blockchain.com mempool.space
    blockstream.info oklink.com explorer.okx.com debank.com zapper.xyz ethplorer.io phalcon.xyz
    tenderly.co layerzeroscan.com wormholescan.io ccip.chain.link axelarscan.io socketscan.io
    revoke.cash sourcify.dev eosauthority.com explorer.zksync.io
""")
"""Sites that show what stands on a public chain."""

EXCHANGES = words("""
    binance.com binance.us coinbase.com kraken.com okx.com bybit.com kucoin.com gate.io gate.com
    htx.com huobi.com mexc.com bitget.com crypto.com bitfinex.com bitstamp.net gemini.com
    upbit.com bithumb.com coinone.co.kr korbit.co.kr gopax.co.kr bitflyer.com coincheck.com
    bitbank.cc bitvavo.com bitpanda.com luno.com wazirx.com coindcx.com btcturk.com paribu.com
    mercadobitcoin.com.br bitso.com lbank.com bitmart.com poloniex.com whitebit.com xt.com
    probit.com ascendex.com coinex.com phemex.com deribit.com robinhood.com revolut.com etoro.com
    uniswap.org app.uniswap.org jup.ag raydium.io aerodrome.finance pancakeswap.finance curve.fi
    1inch.io sushi.com
""")
"""Well-known exchanges, also those without a keeper."""

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

SHORTENERS = words("""
    bit.ly tinyurl.com t.co goo.gl is.gd v.gd ow.ly buff.ly rebrand.ly cutt.ly rb.gy shorturl.at
    t.ly s.id lnkd.in tiny.cc bl.ink soo.gd shorte.st adf.ly dub.sh short.io qrco.de qr1.be
    urlz.fr u.to clck.ru surl.li tny.im x.gd
""")
"""Sites whose links lead elsewhere, and do not say where."""

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
