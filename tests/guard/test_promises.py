"""A promise of a date, an amount or a ratio passes where a known fact has it, and else waits."""

from __future__ import annotations

import pytest

from trustops.guard.outgoing import Allowed, Code, judge

FACTS = Allowed(
    facts=frozenset(
        {
            "6 November 2025",
            "2025-11-11T11:40:00+00:00",
            "4 or 5 February 2026 (sources differ)",
            "1:6",
            "48 hours",
            "500 tokens",
            "$20",
        }
    )
)
KNOWN = """
The window closed on 4 or 5 February 2026; sources differ.
The migration opened on 6 November 2025.
You could migrate until February 5th, 2026.
The period ended on 2026-02-04.
The deadline was 5/2/2026.
The window was open in February 2026.
The ratio is 1:6, one to six in words.
You would have got 6 elizaOS for each ai16z.
You receive 6 new tokens per old token.
1 ai16z = 6 elizaOS was the rate.
The snapshot was taken on 11 November 2025 at 11:40 UTC.
You will get an answer within 48 hours.
You will have an answer in two days.
You will get 500 tokens.
You receive a refund of $20.
창구는 2026년 2월 4일 또는 5일에 닫혔습니다.
마이그레이션은 2월 4일에 종료되었습니다.
비율은 1:6입니다.
교환 비율은 1대 6입니다.
48시간 이내에 답변을 받으실 것입니다.
토큰 500개를 받으실 것입니다.
迁移窗口于2026年2月4日关闭。
迁移在2月5日结束。
兑换比例是1:6。
兑换比例是一比六。
每个旧代币换6个新代币。
您将在48小时内收到回复。
""".strip().splitlines()
UNKNOWN = """
The window closes on 10 March 2026.
The portal reopens on 1 December 2026.
The window has been extended until 15 December 2026, so migrate now.
You can still migrate until 31 December.
The portal reopens tomorrow.
The window opens again in March 2027.
The ratio is 1:10.
The ratio was one to ten.
Everyone who asks gets 10 elizaOS for each ai16z.
1 ai16z = 10 elizaOS is the rate.
You will get an answer and 1,000 USDT within 48 hours.
You will get 600 tokens.
You will get your tokens by 4 February 2026, or by 15 March.
You will receive your tokens within 24 hours.
You will receive your tokens within 2 business days.
We will refund you $200 if you answer today.
Your tokens arrive tomorrow at noon.
12월 15일까지 연장되었으니 지금 마이그레이션하세요.
마이그레이션은 2026년 3월 10일에 종료됩니다.
비율은 1:10입니다.
교환 비율은 1대 10입니다.
24시간 이내에 토큰을 받으실 것입니다.
창구는 다음 주에 다시 열립니다.
토큰 600개를 받으실 것입니다.
迁移延长到12月15日，请尽快操作。
迁移窗口于2026年3月10日关闭。
兑换比例是1:10。
每个旧代币换10个新代币。
您将在24小时内收到代币。
迁移下周重新开放。
您的代币明天到账。
""".strip().splitlines()
OF_THE_READER = """
I found your transaction of 3 December 2025, and the migration went through.
You migrated on 12 January 2026, before the window closed.
Staff said in March 2026 that the window was closed.
2025년 12월 3일 거래는 마이그레이션 이후까지 찾지 못했습니다.
我找到了您12月3日的交易，迁移之前没有其他交易。
The page opened for me at 10:30.
The list is at /policy#2026-03-12-window-has-closed.
Whoever says that the window reopens on 1 December 2026 is a scammer.
Nobody gets ten for one: a ratio of 1:10 is false.
""".strip().splitlines()


@pytest.mark.parametrize("words", KNOWN)
def test_what_a_fact_says_may_be_promised(words: str) -> None:
    """In any form of the same date, span, amount or ratio."""
    assert judge(words, FACTS).reasons == ()


@pytest.mark.parametrize("words", UNKNOWN)
def test_what_no_fact_says_waits(words: str) -> None:
    """Also beside something that a fact does say."""
    codes = {reason.code for reason in judge(words, FACTS).reasons}
    assert codes
    assert codes <= {Code.PROMISED_DATE, Code.PROMISED_AMOUNT}


@pytest.mark.parametrize("words", OF_THE_READER)
def test_days_of_what_somebody_did_or_said_are_no_promise(words: str) -> None:
    """Nor are warnings, hours of the day and parts of an address."""
    assert judge(words, FACTS).reasons == ()


def test_without_any_known_ratio_one_that_is_over_passes() -> None:
    """There is nothing to compare it with, and it promises nothing; one of today waits."""
    assert judge("The ratio was 1:6.", Allowed()).reasons == ()
    assert judge("The ratio is 1:6.", Allowed()).reasons != ()
