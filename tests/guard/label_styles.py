"""Ways to write a phrase with a label beside each word, in many languages.

In a style `{n}` is the number of a word, `{w}` the word, and a name of `ORDINALS` its ordinal.
"""

from __future__ import annotations

from collections.abc import Sequence

ORDINALS = {
    "zh": "一 二 三 四 五 六 七 八 九 十 十一 十二",
    "ko": "첫 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두",
    "kon": "일 이 삼 사 오 육 칠 팔 구 십 십일 십이",
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    "enn": "one two three four five six seven eight nine ten eleven twelve",
    "es": (
        "primera segunda tercera cuarta quinta sexta séptima octava novena décima undécima "
        "duodécima"
    ),
    "fr": (
        "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième "
        "dixième onzième douzième"
    ),
    "de": "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte",
    "it": (
        "prima seconda terza quarta quinta sesta settima ottava nona decima undicesima dodicesima"
    ),
    "pt": (
        "primeira segunda terceira quarta quinta sexta sétima oitava nona décima undécima duodécima"
    ),
    "cs": "první druhé třetí čtvrté páté šesté sedmé osmé deváté desáté jedenácté dvanácté",
    "ru": (
        "первое второе третье четвертое пятое шестое седьмое восьмое девятое десятое "
        "одиннадцатое двенадцатое"
    ),
    "tr": (
        "birinci ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu "
        "onbirinci onikinci"
    ),
    "vi": "nhất hai ba tư năm sáu bảy tám chín mười mười-một mười-hai",
}
"""The ordinals or numbers of twelve words, parted by spaces."""

STYLES = (
    "{n}번째 단어: {w}",
    "{n}번 단어 - {w}",
    "단어 {n}: {w}",
    "단어{n}={w}",
    "{ko} 번째 단어: {w}",
    "{ko}번째: {w}",
    "{ko} 번째 단어는 {w}",
    "{n}번 {w}",
    "{n}) 단어 {w}",
    "{w} ({n}번째)",
    "{n}번: {w}",
    "제{n}단어: {w}",
    "{kon}번 단어 {w}",
    "{n}번째 단어는 {w}입니다.",
    "복구 단어 {n} → {w}",
    "{w} <- {n}번 단어",
    "시드 {n}번: {w}",
    "word {n}: {w}",
    "Word #{n} - {w}",
    "the {en} word is {w}",
    "My {en} word: {w}",
    "w{n}={w}",
    "seed word no. {n} → {w}",
    "{w} is word {n}",
    "{enn}: {w}",
    "The {en} word of my recovery phrase is {w}.",
    "Word number {enn} of the twelve is {w}",
    "No {n} {w}",
    "{n}/12 {w}",
    "{n} of 12: {w}",
    "第{n}个词：{w}",
    "第{zh}个词：{w}",
    "单词{n}：{w}",
    "词{n}={w}",
    "第{zh}個單詞是{w}",
    "{zh}、{w}",
    "{n}号词 {w}",
    "助记词{n}: {w}",
    "我的第{zh}个字是 {w}",
    "第{n}位：{w}",
    "序号{n} {w}",
    "{w}（第{n}个）",
    "第{zh}个 {w}",
    "单词 #{n} {w}",
    "{w} 是第{n}个词",
    "字{zh}：{w}",
    "第{n} {w}",
    "単語{n}={w}",
    "{n}番目の単語：{w}",
    "第{n}の単語: {w}",
    "{n}つ目は{w}",
    "{n}語目 {w}",
    "{zh}番目: {w}",
    "ワード{n}: {w}",
    "{n}番目の言葉は {w} です。",
    "{w}（{n}番）",
    "{n}番 {w}",
    "{n}個目：{w}",
    "{zh}つ目の単語は「{w}」です",
    "{n}番め {w}",
    "リカバリーフレーズ{n}：{w}",
    "No.{n} {w}",
    "{es} palabra: {w}",
    "palabra {n}: {w}",
    "palabra n.º {n}: {w}",
    "{fr} mot : {w}",
    "mot {n} : {w}",
    "mot n° {n} : {w}",
    "{de} Wort: {w}",
    "Wort {n}: {w}",
    "Das {de} Wort ist {w}",
    "{it} parola: {w}",
    "parola {n}: {w}",
    "{pt} palavra: {w}",
    "palavra {n}: {w}",
    "{cs} slovo: {w}",
    "slovo {n}: {w}",
    "{ru} слово: {w}",
    "слово {n}: {w}",
    "{tr} kelime: {w}",
    "kelime {n}: {w}",
    "{n}. kelime: {w}",
    "từ thứ {vi}: {w}",
    "từ {n}: {w}",
    "kata {n}: {w}",
    "kata ke-{n}: {w}",
    "الكلمة {n}: {w}",
    "คำที่ {n}: {w}",
    "शब्द {n}: {w}",
    "słowo {n}: {w}",
    "woord {n}: {w}",
    "слово №{n}: {w}",
    "{n}: {w}",
    "[{n}] {w}",
    "({n}) {w}",
    "{n}️⃣ {w}",
)
SEPARATORS = ("\n", ", ", "\n\n", "; ", " ", "、")


def labelled(style: str, words: Sequence[str], separator: str = "\n") -> str:
    """The words, each with its label."""
    ordinals = {name: ordinal.split() for name, ordinal in ORDINALS.items()}
    return separator.join(
        style.format(n=at + 1, w=word, **{name: ordinal[at] for name, ordinal in ordinals.items()})
        for at, word in enumerate(words)
    )
