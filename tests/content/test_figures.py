"""Dates and ratios are found as people and exchanges write them; what only looks so may stand.

As support staff, exchanges and pages wrote them, in English, Korean and Chinese.
"""

from __future__ import annotations

import pytest

from trustops.content.figures import is_month_alone, is_month_of_a_year
from trustops.content.figures.numbers import value
from trustops.content.prose import LiteralKind, literals

RATIOS = (
    *("1 AI16Z (old) = 6 ELIZAOS (new)", "AI16Z/ELIZAOS 1/6", "you get six times your balance"),
    *("you get six times as many tokens", "You receive 6x.", "multiply by six"),
    *("multiplied by 6", "six new tokens per old one", "one old token gives six new"),
    *("The swap is one to one.", "at 1 to 6.", "1000:1", "AI16Z : ELIZAOS = 1 : 6"),
    *("the multiplier is 6", "conversion rate is 6", "six times your old holdings"),
    *("1 ai16z token is 6 elizaOS tokens", "For every 1 AI16Z, holders got 6 ELIZAOS."),
    *("Your tokens multiply by six.", "1 old AI16Z token = 6 new ELIZAOS tokens", "1:1"),
    *("one old one is six new ones", "6x migration", "6 elizaOS per ai16z"),
    *("For each old token, you receive six new ones", "swapped six to one", "ratio of 1-to-6"),
    *("Your balance is now 6x.", "1 AI16Z (Solana) becomes 6 ELIZAOS", "1-for-6 swap"),
    *("`1 AI16Z` = `6 ELIZAOS`", "divided by 6", "a 6-for-1 split"),
    *("1 OM will be converted into 4 MANTRA", "swap ratio 1-6", "OM was split 1:4", "6-fold"),
    *("every AI16Z can be swapped for 6 elizaOS", "at six to one", "six times that"),
    *("AI16Z 1 = ELIZAOS 6", "6X your balance", "x6", "six times what you had"),
    *("1 $AI16Z = 6 $ELIZAOS", "Your 100 AI16Z became 600 ELIZAOS.", "the rate: 6 new for 1 old"),
    *("1 MKR = 24,000 SKY", "one ai16z for six elizaOS", "6 times as much", "a one-to-one swap"),
    *("MANTRA redenominated OM 1:4", "Ratio (old : new) = 1 : 6", "each old token got you six"),
    *("1枚旧币兑换6枚新币", "每个旧币可换六个新币", "구 토큰 1개를 새 토큰 6개로 바꿉니다"),
    *("ai16z 1개 = elizaOS 6개", "1개당 여섯 개", "여섯 배", "1 대 6 로", "하나에 여섯 개"),
    *("토큰 1개가 6개로 바뀝니다", "AI16Z兑ELIZAOS为1兑6", "여섯배"),
    *("구 토큰 하나가 새 토큰 여섯 개가 됩니다", "1：6", "ai16z 1당 elizaOS 6"),
    *("1 AI16Z ➡️ 6 elizaOS", "1개당 6개씩 지급", "6을 곱합니다", "1토큰당 6토큰"),
    *("1 ai16z → 6 elizaOS", "AI16Z → ELIZAOS (1 → 6)", "1대6으로 교환", "1拆6", "六倍数量"),
    *("1枚舊代幣可換6枚新代幣", "1 AI16Z당 6 elizaOS", "하나당 여섯 개", "以1:6的比例"),
    *("ai16z 1개당 elizaOS 6개", "每枚AI16Z可换6枚ELIZAOS", "한 개를 여섯 개로"),
    *("기존 토큰 1개에 새 토큰 6개", "数量乘以6", "1 比 6", "구 토큰 한 개당 새 토큰 여섯 개"),
    *("잔액의 6배", "每1枚AI16Z将兑换6枚ELIZAOS"),
)
DATES = (
    *("until 02/04", "on 4/2", "The window closed on 4/2.", "last February", "this February"),
    *("Feb '26", "by the end of 2025", "in spring 2026", "in early 2026"),
    *("in the first quarter of 2026", "last November", "early February", "2026-Feb", "4 Feb."),
    *("by the end of the first quarter of 2026", "4th Feb", "Until the first days of February"),
    *("end of 2025", "(02/04)", "H1 2026", "mid-February", "at the beginning of the year 2026"),
    *("open from 11/6 to 2/4", "until 4.2.26", "Deadline is 2/4", "1Q26", "4-Feb"),
    *("in autumn 2025", "late 2025", "the spring of 2026", "end-2025"),
    *("the end of the year 2025", "winter of 2025", "autumn of 2025", "on 04-02", "early 2026"),
    *("The swap closed 02/04.", "It ended on 2/4!", "between 11/6 and 2/4", "Q1 2026"),
    *("through February", "by 4/2/26", "2026/2", "the February snapshot", "1Q 2026"),
    *("the first week of February", "at the end of February", "Feb ’26", "二月初", "2026年初"),
    *("2026年第一季度", "2026년 초", "2026년 1분기", "2월 중순", "2/4 마감", "2026년 여름"),
    *("到2月", "2026年上半年", "2026年春天", "2025년 겨울", "二月四日", "去年11月", "2026년 말"),
    *("十一月底", "2026年Q1季度", "2026年夏季", "2026.2월", "2/4(수)", "February’s deadline"),
    *("in Q1’26", "2026년 가을", "2月中旬", "截止日期：2/4", "2026년 일분기", "2월 내"),
    *("2025年11月", "25년 4분기", "至2月", "二月中旬", "截至02/04", "二〇二六年第一季度"),
    *("2월까지", "2026년 2월 초", "02.04까지", "지난해 11월", "2025년 연말"),
)
NEITHER = (
    *("1 to 2 screenshots", "1 to 2 photos", "1 to 2 devices"),
    *("Send 1 to 2 clear screenshots of the page.", "Attach 2 to 3 recent bank statements."),
    *("5 to 10 USD", "5 to 10 dollars", "5 to 10 EUR", "5 to 10 SOL", "0.01 to 0.02 ETH in fees"),
    *("0.1 SOL to 0.2 SOL", "Chapters 2 to 4", "See chapters 2 to 4.", "Articles 3 to 5"),
    *("Open 9 to 5", "Our desk is open 9 to 5 on weekdays.", "Monday to Friday, 9 to 5"),
    *("One to one support", "one-to-one", "We give one-to-one support.", "a one to one call"),
    *("1:1 support", "1:1 chat with an agent", "Open 9:00 to 17:00 UTC", "9:30", "at 9:30"),
    *("We open at 9:30.", "from 9:30 until 18:00", "9:00-18:00", "9:30 am", "1:30 p.m."),
    *("1:30pm", "1:30 to 2:30", "at 11:40 UTC", "UTC 11:40", "12:30:45"),
    *("1 SOL = 1,000,000,000 lamports", "1 ETH = 1,000,000,000 gwei", "1 ETH = 1000000000 gwei"),
    *("1 gwei = 1,000,000,000 wei", "1 BTC = 100,000,000 satoshis", "1 BTC = 100,000,000 sats"),
    *("1 satoshi = 0.00000001 BTC", "1 lamport = 0.000000001 SOL"),
    *("one SOL equals one billion lamports", "3 to 5 business days", "12 to 24 words"),
    *("15/64 confirmations", "64 of 64 confirmations", "12/12 confirmations", "2 of 3"),
    *("2 of 3 signers", "24/7", "open 24/7", "We answer 24/7.", "50/50", "a 50/50 chance"),
    *("1.2.3", "version 1.2.3", "v1.2.34", "version 1.12.26", "Version 10.11.12"),
    *("1.2.3 to 1.2.5", "versions 1.2 to 1.4", "10.0.0.0/8", "192.168.0.1-192.168.0.255"),
    *("10.0.0.1 to 10.0.0.9", "127.0.0.1:8545", "localhost:8080", "10.1.2.26", "100 %", "100%"),
    *("75 to 90 %", "2/3 of holders", "2/3 of the holders", "by 1/3 of the holders"),
    *("Anyone who promises to double your tokens is a scammer.", "Between 9:00 and 17:00"),
    *("0.01 SOL per transaction", "3 to 5 working days", "15/15 Confirmations"),
    *("1 ETH = 10^18 wei", "the last quarter of the page", "on a scale of 1 to 10"),
    *("24/7 on weekdays too", "::1", "retry 3x", "per token", "In Q&A", "between 10 % and 20 %"),
    *("Open 9 to 5 from Monday to Friday", "this spring-loaded key", "each quarter"),
    *("2 tickets per person", "Section 4.2", "00:00 UTC", "second half of the address"),
    *("1/2 page", "Weekdays 9 to 6", "(1/2)", "1 epoch is 2 days", "5 to 10 minutes", "6 words"),
    *("one account per person", "question Q1", "256x256", "by the end of the day", "1200x800"),
    *("Chrome 120 to 130", "2 per account", "Node 18 to Node 20", "3 out of 5"),
    *("about 1 to 2 KB", "10 to 20 MB", "within 1 to 2 business days"),
    *("0.01 SOL for each account", "1 SOL equals 1 billion lamports", "Spring cleaning"),
    *("30 of 32 confirmations", "Open 8 to 8", "4 to 6 eyes", "1 to 2 hours"),
    *("6 decimals, 9 decimals", "by 2/3 of holders", "year-end", "Section 2 to 3"),
    *("from 9 AM to 5 PM UTC", "10.0.0.1-10.0.0.255", "2/3 majority", "daily 10 to 22"),
    *("9 a.m. to 5 p.m.", "Try again 3 times before you write.", "18 to 9 decimals", "month 2"),
    *("9/11", "up to 5 times per hour", "1 USD per transaction", "one email gives one ticket"),
    *("one per wallet", "by the end of the week", "1/2", "from A to B"),
    *("Attach one or two screenshots.", "One to one.", "2/3 multisig", "one or two"),
    *("a 12-to-24-word phrase", "New users", "Windows 10 to Windows 11", "reduced by 1/4"),
    *("one message for each wallet", "page 1/2", "9/10", "next fall", "until 17:00"),
    *("One-to-one sessions are free.", "spring cleaning", "99.9%", "1 token = 1 vote"),
    *("1 SOL=1000000000 lamports", "EIP-712", "1 SOL (= 1,000,000,000 lamports)", "5 to 10 €"),
    *("09:00–18:00 KST", "上午9:30", "下午1:30", "晚上8:30", "每天9:30至18:00", "北京时间9:30"),
    *("오전 9:30", "오후 1:30", "오전 9:30부터 오후 6:30까지", "상담 시간 9:00~18:00"),
    *("평일 09:00 - 18:00", "1 SOL은 1,000,000,000 램포트", "1 SOL = 10억 램포트"),
    *("1 ETH等于1,000,000,000 gwei", "1 BTC=100,000,000 聪", "12~24 단어", "12~24개 단어"),
    *("3至5天", "3到5个工作日", "3~5영업일", "12/12 컨펌", "15/64 确认", "64/64 个确认"),
    *("一个账户一个钱包", "한 사람당 한 개", "三个月内", "5到10美元", "2/3 다중서명", "二月河"),
    *("계정 1개에 지갑 2개", "1对1支持", "2/3签名", "一个月", "질문 하나에 답변 하나"),
    *("12~24个单词", "두 배송", "9:30开门", "365일", "24小时客服", "오전 9:30 ~ 오후 6:30"),
    *("一比较", "1 SOL은 10억 램포트", "12개에서 24개 단어", "1명당 1개", "9点到18点"),
    *("일대일로 상담합니다", "对比一下", "三选二", "变一变", "한 번 더", "1개월당 2회"),
    *("一一对应", "第一对", "지갑 두 개", "每个地址一次", "2-3张截图", "3至5天, 12至24个词"),
    *("一对一支持", "3개월에 한 번", "第1/3步", "9:00–17:00", "3~5个工作日", "09:30에 시작"),
    *("每3个月换一次密码", "1:1문의", "1个BTC等于1亿聪", "문의 1건당 1회"),
)


@pytest.mark.parametrize("text", RATIOS)
def test_a_ratio_has_to_be_a_fact(text: str) -> None:
    """In digits, in words, as a pair, as an equation and as a multiple."""
    assert LiteralKind.RATIO in {literal.kind for literal in literals(text)}


@pytest.mark.parametrize("text", DATES)
def test_a_date_has_to_be_a_fact(text: str) -> None:
    """A day without its year, a month by a word, and the parts of a year."""
    assert LiteralKind.DATE in {literal.kind for literal in literals(text)}


@pytest.mark.parametrize("text", NEITHER)
def test_what_only_looks_like_a_date_or_ratio_may_stand(text: str) -> None:
    """Spans, what is numbered, times of day, fractions, versions, units of a network, years."""
    assert literals(text) == ()


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("at 1:12", False),
        ("from 1:12 to 2:12", True),
        ("at 1:12 pm", True),
        ("at 9:30", True),
        ("swapped at 9:30", False),
        ("At 23:59 it was over.", False),
        ("At 23:59 UTC it was over.", True),
    ],
)
def test_a_time_of_day_stands_where_it_can_be_no_ratio(text: str, *, stands: bool) -> None:
    """A zone, a half of the day or a second time says so; a closing time has to have its zone."""
    assert (literals(text) == ()) is stands


@pytest.mark.parametrize(
    "date", ["last February", "this February", "지난 2월", "2월", "二月", "去年二月", "2月"]
)
def test_a_month_by_a_word_is_a_month_alone(date: str) -> None:
    """The ledger has the day of an entry beside it, which gives it its year."""
    assert is_month_alone(date)


@pytest.mark.parametrize("date", ["November 2025", "end of 2025", "spring 2026", "Q1 2026"])
def test_a_title_may_name_what_is_no_shorter_than_a_month(date: str) -> None:
    """No fact can stand in a title, and none of these is a day."""
    assert is_month_of_a_year(date, f"What was said in {date}")


@pytest.mark.parametrize(
    ("amount", "worth"),
    [
        *(("1,000", 1000), ("0.433350", 0.43335), ("0,5", 0.5), ("24,000.5", 24000.5)),
        *(("six", 6), ("twenty-four", 24), ("a hundred", 100), ("two thousand five hundred", 2500)),
    ],
)
def test_amounts_are_compared_by_their_worth(amount: str, worth: float) -> None:
    """A span rises; a ratio need not."""
    assert value(amount) == pytest.approx(worth)
