"""Words that say what a value is: a key, or a thing that a chain shows to everybody.

In the languages of holders, as `fold` leaves them. Everything is read in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from trustops.guard.normalise import fold


def _abroad(words: str) -> str:
    """Words of other languages as folding leaves them; `~` is a space, `*` any ending."""
    spellings: dict[str, None] = {}
    for word in words.split():
        for cased in (word, word.capitalize(), word.upper()):
            for form in ("NFC", "NFD"):
                spellings[fold(normalize(form, cased)).lower().replace("~", " ")] = None
    latin = [word for word in spellings if word.isascii()]
    stems = "|".join(re.escape(word[:-1]) for word in latin if word.endswith("*"))
    whole = "|".join(re.escape(word) for word in latin if not word.endswith("*"))
    others = [word.rstrip("*") for word in spellings if not word.isascii()]
    bounded = rf"(?<![a-z])(?:(?:{stems or '(?!)'})[a-z]{{0,12}}|(?:{whole or '(?!)'}))(?![a-z])"
    return "|".join([bounded, _any_of(others)] if others else [bounded])


def _any_of(words: Sequence[str]) -> str:
    """One of the words; where their first letters are not, none of them is tried."""
    first = "".join(sorted({re.escape(word[0]) for word in words}))
    return rf"(?=[{first}])(?:{'|'.join(map(re.escape, words))})"


_NUMBER = "(?:hash(?:es)?|ids?|uids?|numbers?|no|nr|num|codes?)"
TRANSACTION = (
    r"(?:get|trace|wait_?for|replay)_?(?:raw)?(?:transaction|block|tx)[a-z]{0,24}(?![a-z])|"
    r"(?<![a-z])(?:[a-z_-]{0,24}(?:tx|transaction|block|userop|message|order)[_-]?hash(?:es)?"
    rf"|(?:tx|txn|transaction)s?(?:[\s_-]?{_NUMBER})?|(?:t[xn]id|hash(?:es)?|block)s?)(?![a-z])|"
    + _abroad("""
        transaktion* transacc* transacao* transaco* transaç* transazion* transaksi* transakc*
        tranzac* tranzakc* transaksjon* transaktsioon* transakzion* συναλλαγ* ธุรกรรม लेनदेन معاملة
        giao~dịch* mã~băm işlem*
        hachage empreinte prüfsumme* transactie* operación operação převod* převést
        транзакц* хеш* хэш* операци* تراکنش هش عملية تجزئة טרנזקציה האש
        트랜잭션 트렌잭션 트랜젝션 해시 해쉬 전송 블록
        哈希 雜湊 杂凑 散列 区块 區塊 トランザクション ハッシュ ブロック
    """)
    + "|交易(?!所)|取引(?!所)|거래(?!소)"
)
"""What is said of a transaction or a block, anywhere in the sentence."""

_NAMED_BY_HASH = (
    "message|order|request|transfer|attestation|schema|package|object|trade|deposit|withdrawal"
    "|proposal|condition|question|bridge|packet|operation|event|pool|market|commit|build|image"
    "|contract|code|file|receipt|merkle|state|script|asset|policy|pair|role|namespace|token"
)
PUBLIC = (
    rf"{TRANSACTION}|(?<![a-z])(?:(?:{_NAMED_BY_HASH})[\s_-]?(?:hash|ids?|uid|root)"
    r"|[a-z_]{1,24}(?:hash|digest)|(?:state|receipts?|transactions?|merkle|storage)?_?roots?"
    r"|sha-?[123](?:[-_]?\d{3})?(?:sums?)?|sha-?(?:224|256|384|512)(?:sums?)?|keccak(?:-?256)?"
    r"|blake[23][bs]?|check-?sums?|digests?|finger-?prints?|commits?|attestations?|uid|guid"
    r"|topics?\d?|proofs?|lea(?:f|ves)|calldata|data|signature|sig|commitment|nullifier|slot"
    r"|selector|salt|domainseparator|bytes32|namehash|node|(?:minter|admin|default_admin|pauser|burner)?_?role"
    r"|extrinsic|transfers?|withdrawals?|deposits?|swaps?|payments?|etag|integrity"
    r"|x-amz-signature|blob)(?![a-z])"
)
"""What else is named by a hash; it counts directly beside the value only."""

CHECKSUM = (
    r"(?<![a-z0-9])(?:(?:sha|md|b|x)\d{1,3}(?:sum)?|cksum|shasum|certutil|get-filehash|openssl dgst"
    r"|sha-?[123](?:[-_/]\d{3})?|sha-?(?:224|256|384|512)|blake[23][bs]?|keccak(?:-?256)?|check-?sums?"
    r"|digests?|multihash|integrity|finger-?prints?|build[\s_-]?(?:id|hash|number)|git tree"
    r"|u?u?id of (?:the |this |my |our )?(?:build|image|release|commit|package))(?![a-z0-9])|"
    + _abroad("""
        suma~de~verificación suma~de~comprobación suma~de~control huella* somme~de~contrôle
        empreinte* condensat* prüfsumme* hashwert* build-id somma~di~controllo impront*
        soma~de~verificação soma~de~controle kontrolní~součet kontrolního~součtu otisk*
        kontrol~toplam* sağlama~toplam*
        özet* mã~kiểm~tra tổng~kiểm~tra suma~kontroln* sum~kontroln* skrót*
        controlesom* kontrollsumm* tarkistussumm* jumlah~pemeriksa dijest*
        контрольн* дайджест* отпечат* идентификатор~сборки
        체크섬 다이제스트 지문 빌드~id 빌드~아이디 무결성
        校验 校驗 檢查碼 检查码 指纹 指紋 摘要 チェックサム ダイジェスト ビルドid 検証値
        المجموع~الاختباري بصمة چکسام ผลรวมตรวจสอบ चेकसम סכום~ביקורת
    """)
)
"""What names a checksum of something that was loaded, anywhere in the sentence before it."""

FILE = (
    r"(?<![a-z])(?:files?|installers?|downloads?|downloaded|releases?|images?|packages?|archives?"
    r"|zip|apk|dmg|exe|page|repository|document)(?![a-z])|"
    + _abroad("""
        archivo* fichier* datei* arquivo* soubor* dosya* tệp plik* bestand* berkas файл* file
        파일 文件 檔案 ファイル الملف ไฟล์ फ़ाइल קובץ فایل
    """)
)
"""What has a checksum, where it is merely called a hash."""

STRONG = (
    r"priv(?:ate)?[\s_-]{0,3}keys?|secret|mnemonic"
    r"|(?:here|this)[^\w\n]{1,3}(?:is|are|was)[^\w\n]{1,3}(?:\w+\s){0,2}keys?(?![a-z])"
    r"|(?<![a-z])(?:[a-z]{0,8}seeds?|wif|entropy)(?![a-z])"
    r"|(?:import|raw)_?(?:raw)?_?keys?(?![a-z])|(?:sign(?:ing|er)?|spend(?:ing)?)[\s_-]{0,3}s?keys?(?![a-z])|"
    + _abroad("""
        privatschlüssel private~schlüssel privaten~schlüssel privater~schlüssel geheim*
        clave~privada claves~privadas llave~privada semilla* chave~privada clé~privée clés~privées
        chiave~privata özel~anahtar* gizli~anahtar* kunci~pribadi kunci~privat khóa~riêng
        khóa~bí~mật klucz~prywatny klucza~prywatnego privésleutel soukromý~klíč
        soukromého~klíče soukromým~klíčem tajný~klíč
        приватн* закрыт* секретн* сид-фраз* сид~фраз* сид
        개인키 개인~키 비밀키 비밀~키 프라이빗 시드 니모닉 복구
        私钥 私鑰 密钥 密鑰 金鑰 助记 助記 种子 種子 秘密鍵 秘密 プライベートキー シード
        ニーモニック
    """)
)
"""What is said of secrets alone."""

KEY = (
    r"(?:(?<![a-z])|_)(?:(?:wallet|owner|master|account|my|main|hex)?keys?|pk|sk)(?![a-z])|"
    + _abroad("schlüssel clave claves llave llaves chave chaves clé clés clef clefs chiave chiavi")
    + "|"
    + _abroad("anahtar* kunci khóa klucz* sleutel* klíč* ключ* 钥匙 鍵")
)
"""Keys of whatever kind."""

WEAK = (
    rf"{KEY}|(?:(?<![a-z])|_)(?:(?:im|ex)port(?:ed|ing|s)?|private)(?![a-z])|"
    + _abroad("importier* exportier* importar* exportar* importe* importov* импорт* экспорт*")
    + "|导入|匯入|导出|匯出|インポート|가져오기"
)
"""What is said of keys, and of much else."""

PARTS = _abroad("""
    mitad primera segunda moitié début suite metà prima seconda metade início polovina začátek
    konec hälfte teil anfang yari* nửa separuh połow* helft половин* начало конец часть
    절반 앞부분 뒷부분 나머지 前半 後半 前半部 后半 前一半 后一半 後一半 残り 剩下
""")
"""What is said of the pieces of one value."""

_THEN = r"[^\w.!?:;\n]{1,3}"
_SOME = rf"(?:[\w']+{_THEN})"
_FRAGILE = (
    r"(?:(?:seed|recovery|private|secret|signing|backup|mnemonic)[\s_-]?)?"
    rf"(?:{KEY}|phrases?|seeds?|words)(?![a-z])"
)
_FRAGILES = rf"{_FRAGILE}(?:{_THEN}(?:n?or|and){_THEN}{_SOME}?{_FRAGILE})?"
_COMPOUND = re.compile(
    r"(?:public|verification|verifying|verify|viewing|view|foreign|security|product|licen[cs]e"
    r"|hardware|idempotency|primary|ssh public)[\s_-]{0,2}keys?(?![a-z])|pub_?keys?(?![a-z])"
    r"|(?<![a-z])keys?[\s-](?:cards?|questions?|points?|dates?|issues?|problems?|facts?|parts?"
    r"|reasons?|features?|info\w*|people|steps?|details?|figures?|fobs?|takeaways?"
    r"|concerns?|topics?|rings?|hash|differences?|changes?|players?)(?![a-z])"
    r"|(?:(?:secret|seed|recovery|mnemonic|backup)[\s-])+(?:phrases?|words)"
    r"|private(?:ly)? (?:messages?|window|mode|browsing|chat|tab|sale|link|ticket|group|channel|dm)"
    r"|in private(?! key)"
    r"|(?:im|ex)port(?:ed|ing|s)?[\s-](?:(?:the|my|a|an|our|his|her|old|new|same|custom|it|them|csv"
    r"|into|to|in|from)[\s-]){0,4}(?:wallets?|tokens?|accounts?|contracts?|address|addresses|csv"
    r"|file|history|lists?|transactions?|metamask|ledger|phantom|rabby|safe|failed|error|button)"
    r"(?![a-z])(?! ?:)"
)
_DENIAL = re.compile(
    rf"(?<![a-z])(?:never|not|nobody|no one|noone|without|refused to|[a-z]+n'?t)"
    rf"{_THEN}{_SOME}{{0,3}}?"
    r"(?:g[ai]ven?|giving|shar(?:e|ed|ing)|told|tell|show(?:ed|n)?|enter(?:ed|ing)?|typed?|typing"
    r"|sen[dt]|sending|reveal\w*|disclos\w*|post(?:ed|ing)?|expos\w*|leak\w*|ha[sd]|have|know[ns]?"
    rf"|ask(?:ed|ing)?|need(?:ed)?|want(?:ed)?|seen?|saw){_THEN}{_SOME}{{0,4}}?{_FRAGILES}"
    rf"|(?<![a-z])(?:no|without)[\s-]{_SOME}?{_FRAGILES}"
    rf"|(?<![a-z])(?:ask|want|demand|request|beg)(?:s|ed|ing)?{_THEN}{_SOME}{{0,4}}?{_FRAGILES}"
    rf"|{_FRAGILE}{_THEN}(?:(?:was|were|is|are|got|has|have|had|been|being){_THEN}){{0,3}}"
    r"(?:stolen|compromised|leaked|hacked|exposed|lost|gone|phished|safe|secure)(?![a-z])"
    rf"|(?<![a-z])(?:stole|took|leaked|lost|hacked){_THEN}{_SOME}{{0,2}}?{_FRAGILES}"
)
_NEGATION = re.compile(
    r"n't(?![a-z])|(?<![a-z])he (?=[a-z]*[^\x00-\x7f])|"  # the last is what folding leaves of `не`
    r"(?<![a-z])(?:never|no|not|nor|nobody|none|without|nie|nicht|kein\w*|niemand\w*|ohne|nunca"
    r"|nadie|ningun\w*|sin|jamas|nao|ninguem|sem|jamais|aucun\w*|personne|sans|pas|mai|non"
    r"|nessun\w*|senza|asla|kimse\w*|hic|tidak|belum|tanpa|jangan|chua|chang|khong|nooit|geen"
    r"|nigdy)(?![a-z])|"
    + _abroad("никому никто никогда нет")
    + "|않|없|아무|못|没|沒|未|不|從未|别|ません|なかった|ない|誰にも"
)


def without_compounds(low: str) -> str:
    """The text without what sounds like a key and is none: `key card`, `imported wallet`."""
    return _COMPOUND.sub(" ", low)


def without_denials(low: str) -> str:
    """The text without keys that nobody gave away, and such as others asked for or took."""
    return _DENIAL.sub(" ", low)


def is_negated(low: str) -> bool:
    """Whether a part of a sentence says no."""
    return _NEGATION.search(low) is not None
