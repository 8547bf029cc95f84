"""Questions of a further round, tried once the rules stood: each keeps the verdict that is right.

Accounts in links, our own server, e-mail, transactions, requests of wallets, tricks with links and
letters, symbols, everyday names and public sites.
"""

from __future__ import annotations

import pytest

from tests.conftest import NOON, later
from trustops.official.rules import check, check_all, could_not_check
from trustops.official.values import Contract, Domain, DomainKind, Handle, KnownBad, Manifest, Token

NEW = "0x52908400098527886E0F7030069857D2E4169EE7"
OLD = "0x8617E340B3D01FA5F11F306F4090FD50E238070D"
ON_SOLANA = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"
HASH = "0x" + "cd" * 32
LIST = Manifest(
    project="Eliza",
    version=1,
    issued_at=NOON,
    expires_at=later(days=7),
    tokens=(
        Token("ethereum", NEW, "elizaOS", "new"),
        Token("solana", ON_SOLANA, "elizaOS", "new"),
        Token("base", OLD, "ai16z", "old"),
        Token("base", "0xde709f2102306220921060314715629080e2fb77", "AI", "old"),
    ),
    contracts=(Contract("base", "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "migrator"),),
    domains=(
        Domain("desk", "desk.elizaos.ai", DomainKind.DESK),
        Domain("main", "elizaos.ai"),
        Domain("manager", "migrationmanager.org"),
        Domain("portal", "migrate.elizaos.ai", DomainKind.CLOSED),
    ),
    handles=(
        Handle("x", "x", "@elizaOS"),
        Handle("telegram", "telegram", "@elizaos_news"),
        Handle("discord", "discord", "elizaos"),
        Handle("mastodon", "mastodon", "@news@social.elizaos.ai"),
        Handle("github", "github", "elizaOS"),
        Handle("email", "email", "help@elizaos.ai"),
    ),
    known_bad=(KnownBad("handle", "@eliza_refunds", "It asked for phrases.", "C"),),
)

ANSWERS = """
official exact           https://x.com/elizaOS
official post            https://twitter.com/elizaos/status/1234567890
official exact           https://mobile.x.com/elizaOS
official exact           https://x.com/intent/follow?screen_name=elizaOS
lookalike brand          https://x.com/elizaOS_support/status/1234
lookalike letters        https://x.com/eIizaOS
known-bad reported       https://x.com/eliza_refunds
official exact           https://t.me/s/elizaos_news/55
official exact           tg://resolve?domain=elizaos_news
official exact           https://web.telegram.org/k/#@elizaos_news
lookalike brand          https://t.me/elizaos_news_bot
unknown -                https://t.me/+AbCdEf123
unknown behind           https://t.me/share/url?url=https://elizaos.ai
official exact           https://discord.com/invite/elizaos
lookalike brand          https://discord.gg/elizaos-support
unknown -                https://discord.com/channels/1/2
official exact           https://mastodon.social/@news@social.elizaos.ai
unknown under-ours       https://social.elizaos.ai/@support
lookalike network        https://mastodon.social/@elizaos
official post            https://github.com/elizaOS/eliza/issues/1
lookalike brand          https://github.com/elizaos-labs/migrator
lookalike network        https://www.linkedin.com/company/elizaos
lookalike network        https://elizaos.medium.com
lookalike network        https://sites.google.com/view/elizaos
official exact           HELP@ElizaOS.ai
unknown under-ours       noreply@desk.elizaos.ai
lookalike userinfo       elizaos.support@gmail.com
lookalike userinfo       help@elizaos.ai@evil.com
official exact           twitter: elizaOS
lookalike network        Telegram: elizaOS
lookalike network        kakao: elizaos
official exact           텔레그램: elizaos_news
lookalike brand          加我微信 elizaos_kefu 办理
unknown transaction      {hash}
unknown public-explorer  https://etherscan.io/tx/{hash}
official exact           eip155:1:{new}
official exact           eth:{new}
official exact           ethereum:{new}@1
unknown payment-request  ethereum:{new}@1/transfer?address={old}&uint256=1
unknown wallet-connect   wc:abc@2?relay-protocol=irn
lookalike typo           0x52908400098527886E0F7030069857D2E4169EE8
unknown shortened-address 0x5290...9EE7
lookalike userinfo       https://elizaos.ai:pw@evil.com
unknown unreadable       https://evil.com\\@elizaos.ai
unknown unreadable       https://elizaos.ai／login.evil.com
unknown behind           https://evil.com/elizaos.ai
unknown behind           https://evil.com/?to=https%3A%2F%2Fdesk.elizaos.ai
unknown behind           https://evil.com#elizaos.ai
lookalike embedded       https://elizaos.ai%2eevil.com
unknown port             https://elizaos.ai:8443
lookalike letters        https://xn--lizaos-9ua.ai
lookalike letters        https://nnigrationmanager.org
lookalike letters        https://migrationrnanager.org
lookalike ending         https://elizaos.vercel.app
closed under-closed      https://new.migrate.elizaos.ai
official exact           elizaos dot ai
official exact           elizaos .ai
official exact           HTTPS://DESK.ELIZAOS.AI/CHECK
unknown symbol           $elizaOS
unknown symbol           ai16z
lookalike brand          https://claim-ai.com
unknown -                https://openai.com
unknown -                https://airport.com
unknown -                https://kaito.ai
unknown public-site      https://web.archive.org/web/2025/https://elizaos.ai
unknown public-exchange  https://binance.com
unknown public-explorer  https://revoke.cash
"""


@pytest.mark.parametrize("line", ANSWERS.strip().splitlines())
def test_each_question_has_the_verdict_that_is_right(line: str) -> None:
    """With the short word for why, where there is one."""
    verdict, why, query = line.split(maxsplit=2)
    query = query.format(hash=HASH, new=NEW, old=OLD)
    found = check(query, LIST, own_host="desk.elizaos.ai")
    assert (found.verdict, found.why or "-") == (verdict, why)


@pytest.mark.parametrize(
    "written",
    [NEW, OLD, ON_SOLANA, "HTTPS://ElizaOS.ai/Claim", "@ElizaOS_Desk", "Help@ElizaOS.AI"],
)
def test_a_thing_is_told_as_it_was_written(written: str) -> None:
    """A reader compares it letter by letter with what lies before them."""
    alone = check(written, LIST)
    (within, *_) = check_all(f"They wrote: {written} and more words", LIST)
    assert (alone.asked, within.asked) == (written, written)


def test_an_account_at_our_server_is_called_as_it_was_written() -> None:
    """In the sentence too."""
    assert "@Admin@Social.ElizaOS.ai is not" in check("@Admin@Social.ElizaOS.ai", LIST).sentence


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (f"https://basescan.org/address/{NEW}", True),
        (f"https://etherscan.io/address/{NEW}", False),
        (f"https://solscan.io/token/{ON_SOLANA}", False),
        (f"base:{NEW}", True),
    ],
)
def test_another_chain_than_that_of_the_list_is_said(query: str, *, says: bool) -> None:
    """The same address on another chain may be somebody else's contract."""
    assert ("names another chain" in check(query, LIST).sentence) is says


def test_a_link_that_shows_ours_behind_its_own_host_says_where_it_leads() -> None:
    """And what to open instead."""
    sentence = check("https://evil.com/elizaos.ai", LIST).sentence
    assert "elizaos.ai stands in this link, but the link leads to evil.com" in sentence
    assert "Open elizaos.ai itself" in sentence


@pytest.mark.parametrize(
    ("query", "is_told"),
    [
        ("desk.elizaos.ai", True),
        ("https://desk.elizaos.ai/support", True),
        ("https://desk.elizaos.ai.evil.com", False),
        ("https://desk.elizaos.ai@evil.com", False),
        ("desk.elizaos.ai or evil.com", False),
    ],
)
def test_without_a_list_the_desk_says_what_its_reader_can_see(query: str, *, is_told: bool) -> None:
    """Its own host alone; it does not vouch for itself."""
    found = could_not_check(query, "The list is withheld.", own_host="desk.elizaos.ai")
    assert found.verdict == "could-not-check"
    assert ("is the host of the desk that answers you" in found.sentence) is is_told
    assert ("address bar" in found.sentence) is is_told
