"""Ratios in Korean and Chinese, with the words by which tokens are counted. Pure."""

from __future__ import annotations

import re

from trustops.content.figures import excuses
from trustops.content.figures.counted import is_counted
from trustops.content.figures.numbers import HAN_COUNT, KOREAN_COUNT, NUMBER, SINO_KOREAN
from trustops.content.figures.shapes import Form, always, unless
from trustops.content.figures.tokens import NAME

_PLAIN_COUNT = unless(is_counted)

_COUNTER_KO = "(?:개|토큰|코인)(?!월|국|소|인|별|수|발|통|체)"
_UNIT_KO = rf"(?:(?:구|신|새|새로운|기존|신규|옛|예전|이전)\s?)?(?:토큰|코인|{NAME})?"
_THINGS_KO = re.compile(
    "(?:지갑|계정|티켓|문의|질문|메일|이메일|사진|스크린샷|파일|기기|거래|주소|단어|답변|사람|고객"
    "|신청|양식|장치|서류|문서|신분증|이미지|네트워크|거래소)\\s?\\Z"
)


def _is_of_things(match: re.Match[str]) -> bool:
    """Whether what is counted in Korean is named before it, and is no token: 지갑 1개당 1개."""
    return _THINGS_KO.search(match.string, max(0, match.start() - 8), match.start()) is not None


_AMOUNT_ZH = rf"(?:(?<![0-9.:]){NUMBER}|{HAN_COUNT})"
_COUNTER_ZH = "[枚个個颗顆份]"
_UNIT_ZH = (
    rf"(?:(?:[旧舊老新原]版?的?)?(?:代币|代幣|币|幣|通证|通證|(?i:tokens?)|{NAME})|[旧舊老新原]的)"
)
_LINK_ZH = (
    r"(?:可以?|自动|自動|直接|能够?|将|將|会|會|都|即|就|便|应|應){0,2}\s?"
    r"(?:兑换|兌換|置换|置換|交换|交換|转换|轉換|兑|兌|换|換|变|變|领取|領取|获得|獲得|得到|获|得"
    r"|等于|等於|等|相当|相當|对应|對應|对|對|折合|折|映射|拆分|拆|比|=|→|≈)"
    r"(?:成|为|為|到|取|得|于|於){0,2}"
)
_NOT_TIMES_ZH = "(?![次下些样樣步天月年日号號回种種点點般起直边邊])"
_TALK_OR_COUNTED = unless(is_counted, excuses.is_talk)

KOREAN_AND_CHINESE: tuple[Form, ...] = (
    # 구 토큰 1개를 새 토큰 6개로, 1개당 여섯 개, ai16z 1개 = elizaOS 6개
    (
        (
            rf"(?:(?<![0-9.:]){NUMBER}\s?{_COUNTER_KO}|{KOREAN_COUNT}\s?{_COUNTER_KO}"
            rf"|(?<![가-힣])하나)\s?"
            rf"(?:당|마다|에\s?대해|에|=|→|⇒|[-=]>"
            rf"|:)\s{{0,3}}{_UNIT_KO}\s{{0,3}}(?:{NUMBER}(?!\s?(?:개월|일|시간|분|회|번|명))"
            rf"|{KOREAN_COUNT}(?=\s?개(?!월)|\s?토큰|\s?코인|[를을로]|\s?\Z))"
        ),
        unless(_is_of_things, is_counted),
    ),
    (
        (
            rf"(?:(?<![0-9.:]){NUMBER}\s?{_COUNTER_KO}|{KOREAN_COUNT}\s?{_COUNTER_KO}|(?<![가-힣])하나)"
            rf"(?:를|을|는|은|가|이)\s{{0,3}}{_UNIT_KO}\s{{0,3}}(?:{NUMBER}"
            rf"|{KOREAN_COUNT})(?=\s?{_COUNTER_KO})"
        ),
        unless(_is_of_things),
    ),
    (rf"(?<![0-9.:]){NUMBER}당\s{{0,3}}{_UNIT_KO}\s{{0,3}}{NUMBER}", _PLAIN_COUNT),
    # 일 대 육; 1대 6, 1比6, 1 兑 6
    (
        rf"(?<![가-힣])(?P<first>{SINO_KOREAN})(?P<gap>\s?)대(?P=gap)(?P<second>{SINO_KOREAN})(?=로|으로|의|이|입|비|\W|\Z)",
        unless(excuses.is_talk),
    ),
    (
        rf"(?<![0-9.:])(?P<first>{NUMBER})\s{{0,4}}[대对對対比兑兌换換拆]\s{{0,4}}(?P<second>{NUMBER})(?!대)",
        _TALK_OR_COUNTED,
    ),
    (
        rf"(?<![统統唯第之单單])(?P<first>{HAN_COUNT})[比兑兌换換拆对對](?P<second>{HAN_COUNT}){_NOT_TIMES_ZH}(?![手方面类類])",
        _TALK_OR_COUNTED,
    ),
    # 6배로, 여섯 배, 6을 곱하면; 6倍, 乘以六
    (
        rf"(?:(?<![0-9.:]){NUMBER}|{KOREAN_COUNT}|(?<![가-힣]){SINO_KOREAN})\s?배(?![가-힣]|\s?송)",
        always,
    ),
    (
        (
            rf"(?:(?<![0-9.:]){NUMBER}|{KOREAN_COUNT})\s?배(?=로|의|가|를|는|만큼|입니다|이다|예요"
            rf"|이에요|씩|나|까지|도|인|였|율)"
        ),
        always,
    ),
    (
        (
            rf"(?:(?<![0-9.:]){NUMBER}|{KOREAN_COUNT}|(?<![가-힣]){SINO_KOREAN})\s?[을를]\s?곱"
            rf"|곱하기\s?{NUMBER}"
        ),
        always,
    ),
    (rf"{_AMOUNT_ZH}\s?倍|[乘除]以?\s?{_AMOUNT_ZH}(?![一-龥])", always),
    # 비율 1/6, 比例1/6
    (
        rf"(?:비율[은는이가]?|(?:比例|比率|兑换率|兌換率|汇率|匯率)[为為是]?)[\s:]{{0,3}}{NUMBER}",
        _PLAIN_COUNT,
    ),
    # 1枚旧币兑换6枚新币, 旧币1枚换新币6枚, 每个旧币可换六个新币
    (
        (
            rf"(?:每\s?(?:持有\s?)?)?(?P<first>{_AMOUNT_ZH})\s{{0,2}}{_COUNTER_ZH}?\s{{0,2}}(?P<left>{_UNIT_ZH})?\s{{0,3}}{_LINK_ZH}\s{{0,3}}"
            rf"(?P<right>{_UNIT_ZH})?\s{{0,2}}(?P<second>{_AMOUNT_ZH}){_NOT_TIMES_ZH}"
        ),
        unless(is_counted, excuses.is_talk, excuses.is_unit_of_a_chain, excuses.is_of_money),
    ),
    (
        rf"每\s?{_COUNTER_ZH}?\s?{_UNIT_ZH}\s{{0,3}}{_LINK_ZH}\s{{0,3}}{_UNIT_ZH}?\s{{0,2}}{_AMOUNT_ZH}{_NOT_TIMES_ZH}",
        _PLAIN_COUNT,
    ),
)
