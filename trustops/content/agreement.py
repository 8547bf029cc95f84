"""Values that have to agree: within a pack, with the official list, of a file with its name.

Told by the check alone. Which of two values is right nobody but their author knows, so neither
takes a page or a pack away from its readers.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from trustops.content.days import day_of
from trustops.content.folders import KNOWN_LOCALES, is_id, locale_meant
from trustops.content.fronts import Plain, plain_files
from trustops.content.kinds import Kind
from trustops.content.toml_rows import rows_of
from trustops.content.values import Problem

_RATIO = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?::|to|/|\uff1a|\ub300|\u6bd4)\s*(\d+(?:\.\d+)?)\s*")
_DAY_OF_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_MONTH_OF_A_YEAR = re.compile(rf"\b({'|'.join(_MONTHS)})\s+(\d{{4}})\b")
_IN_OTHER_SCRIPTS = re.compile("(\\d{4})\\s?[\ub144\u5e74]\\s?(\\d{1,2})\\s?[\uc6d4\u6708]")
_ALIKE = 0.75
_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")
"""The form of a code; what has another one is told where the file is read."""


def disagreements(folder: Path) -> Iterator[Problem]:
    """Every value of a content folder that another one contradicts."""
    files = tuple(plain_files(folder))
    by_name = {plain.file: plain for plain in files}
    site = by_name.get("site.toml")
    for plain in files:
        if plain.file.startswith("migrations/"):
            yield from _within_a_pack(plain)
        elif plain.file.startswith(f"{Kind.POLICY}/") and not plain.is_withdrawn:
            yield from _of_a_statement(plain)
    if site is not None:
        pack = by_name.get(f"migrations/{site.values.get('migration')}.toml")
        source = by_name.get("official/source.toml")
        yield from _wrong_locales(site)
        if pack is not None and source is not None:
            yield from _other_addresses(source, pack)
    yield from _lonely_categories(files)


def _within_a_pack(pack: Plain) -> Iterator[Problem]:
    """Facts that say something else than the parts of the pack that they repeat."""
    ratio, stated = _table(pack.values, "ratio"), _fact(pack, "ratio")
    numerator, denominator = ratio.get("numerator"), ratio.get("denominator")
    match = _RATIO.fullmatch(stated) if isinstance(stated, str) else None
    if match and isinstance(numerator, int) and isinstance(denominator, int) and numerator > 0:
        old, new = (Fraction(part) for part in match.groups())
        if new and old / new != Fraction(denominator, numerator):
            words = f"says {stated}, but [ratio] makes {numerator} new tokens of {denominator} old"
            yield pack.at(("facts", "ratio", "value"), f"{words}; correct one of them")
    for name, key in (("window_opened", "opens"), ("window_closed", "closes")):
        day, other = day_of(_fact(pack, name)), day_of(_table(pack.values, "window").get(key))
        if day and other and day != other:
            words = f"is {day}, but {key} of [window] is {other}; correct one of them"
            yield pack.at(("facts", name, "value"), words)
    for role in ("old", "new"):
        symbols = {str(token.get("symbol")) for token in _rows(pack, "tokens", role)}
        symbol = _fact(pack, f"{role}_symbol")
        if isinstance(symbol, str) and symbols and not any(part in symbol for part in symbols):
            words = f"says {symbol}, but the {role} tokens have {' and '.join(sorted(symbols))}"
            yield pack.at(("facts", f"{role}_symbol", "value"), f"{words}; correct one of them")


def _other_addresses(source: Plain, pack: Plain) -> Iterator[Problem]:
    """Tokens and contracts that have one address in the pack and another in the official list."""
    for kind in ("tokens", "contracts"):
        for number, row in rows_of(source.values, kind):
            role, chain = row.get("role"), row.get("chain")
            others = [other for other in _rows(pack, kind, role) if other.get("chain") == chain]
            same = [other for other in others if other.get("symbol") == row.get("symbol")] or others
            known = {_spelled(other.get("address")) for other in same}
            if same and _spelled(row.get("address")) not in known:
                what = f"the {role} token" if kind == "tokens" else f"the contract {role}"
                words = f"is another address than {pack.file} has for {what} on {chain}"
                fix = "copy it again from where it was published, and correct the wrong one"
                yield source.at((kind, number, "address"), f"{words}; {fix}")


def _of_a_statement(plain: Plain) -> Iterator[Problem]:
    """A statement whose file or title names another day than `said_on`."""
    said_on = day_of(plain.values.get("said_on"))
    name = Path(plain.file).stem
    match = _DAY_OF_NAME.match(name)
    if said_on is None:
        return
    if match and match.group(1) != said_on.isoformat():
        new = f"{said_on.isoformat()}-{name[match.end() :]}"
        words = f"is {said_on}, but the name of the file says {match.group(1)}; correct it, or"
        told = f"{words} rename the file to {new}.md and write aliases: [{name}] in it"
        yield plain.at(("said_on",), told)
    title = str(plain.values.get("title") or "")
    months = {
        (int(year), _MONTHS.index(month) + 1) for month, year in _MONTH_OF_A_YEAR.findall(title)
    }
    months |= {(int(year), int(month)) for year, month in _IN_OTHER_SCRIPTS.findall(title)}
    if months and (said_on.year, said_on.month) not in months:
        words = f"names another month than said_on, which is {said_on}; correct one of them"
        yield plain.at(("title",), words)


def _wrong_locales(site: Plain) -> Iterator[Problem]:
    """Languages of the site that it has no words in."""
    locales = site.values.get("locales")
    for number, locale in enumerate(locales if isinstance(locales, list) else ()):
        if isinstance(locale, str) and _CODE.fullmatch(locale) and locale not in KNOWN_LOCALES:
            meant = locale_meant(locale)
            words = f"has {locale}, in which nothing is written; known are "
            words += ", ".join(KNOWN_LOCALES) + (f"; did you mean {meant}?" if meant else "")
            yield site.at(("locales", number), words)


def _lonely_categories(files: Iterable[Plain]) -> Iterator[Problem]:
    """A category of one answer alone whose name is nearly that of another one."""
    answers = [plain for plain in files if plain.file.startswith(f"{Kind.FAQ}/")]
    of = {plain.file: str(plain.values.get("category") or "") for plain in answers}
    ids = {Path(file).parent.name: category for file, category in of.items()}
    counts = Counter(ids.values())
    for plain in answers:
        category = of[plain.file]
        others = [name for name in counts if name and counts[name] > counts[category]]
        close = difflib.get_close_matches(category, others, n=1, cutoff=_ALIKE)
        # One of another form is told by its model, with the name as it has to be.
        if is_id(category) and counts[category] == 1 and close:
            known = ", ".join(sorted(name for name in counts if name and name != category))
            words = f"is {category}, which no other answer has; did you mean {close[0]}?"
            yield plain.at(("category",), f"{words} The others are {known}.")


def _table(values: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = values.get(name)
    return value if isinstance(value, dict) else {}


def _fact(pack: Plain, name: str) -> object:
    return _table(_table(pack.values, "facts"), name).get("value")


def _rows(plain: Plain, name: str, role: object) -> list[Mapping[str, object]]:
    return [row for _, row in rows_of(plain.values, name) if row.get("role", "migrator") == role]


def _spelled(address: object) -> str:
    """An address as it is compared: of an EVM chain without regard to capital letters."""
    words = str(address)
    return words.lower() if words.startswith("0x") else words
