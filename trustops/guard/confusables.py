"""Letters of other scripts and styles that a reader takes for Latin ones.

Code points in hexadecimal, by the Latin letter they stand for; compatibility forms (full width,
mathematical, circled) are not here, because normalisation form KC already knows them. Chosen after
the intent of Unicode Technical Standard 39, wider where a false hit costs nothing.
"""

from __future__ import annotations

_LOWER = {
    "a": "0430 03b1 0251 1d00 0250",
    "ae": "00e6 04d5",
    "b": "0432 044c 03b2 0299 0180 0253 13cf",
    "c": "0441 03f2 1d04 0188 0254",
    "d": "0501 1d05 0111 0257 00f0 0256",
    "e": "0435 03b5 0454 04bd 1d07 025b 0259 212e 01dd",
    "f": "a730 0192 03dd",
    "g": "0261 0262 0581 0260 0581",
    "h": "04bb 043d 0570 029c 0127 0266",
    "i": "0456 03b9 0131 0269 026a 0268 13a5",
    "j": "0458 03f3 0237 1d0a 0575 029d",
    "k": "043a 03ba 1d0b 0199",
    "l": "04cf 029f 0142 026d 026b 01c0",
    "m": "043c 1d0d 0271",
    "n": "043f 03b7 03c0 0578 0274 014b 0272 0273",
    "o": "043e 03bf 03c3 0585 1d0f 00f8 0275",
    "oe": "0153",
    "p": "0440 03c1 1d18 01a5 00fe",
    "q": "051b 0566 02a0",
    "r": "0433 0280 027e 027d",
    "s": "0455 a731 0282 03c2",
    "ss": "00df",
    "t": "0442 03c4 1d1b 0167 01ad 0288",
    "u": "0438 03bc 03c5 057d 1d1c 0289 028a",
    "v": "0475 03bd 1d20 028b",
    "w": "051d 03c9 0561 1d21 026f",
    "x": "0445 03c7",
    "y": "0443 03b3 04af 028f 01b4",
    "z": "0290 1d22 01b6 0291 03b6",
}
_UPPER = {
    "A": "0410 0391 13aa a4ee",
    "B": "0412 0392 042c a4d0",
    "C": "0421 03f9 13df a4da",
    "D": "0500 13a0 a4d3 0110 00d0",
    "E": "0415 0395 13ac a4f0 0404",
    "F": "a4dd 03dc",
    "G": "050c 13c0 a4d6",
    "H": "041d 0397 13bb a4e7 0126",
    "I": "0406 0399 04c0 a4f2",
    "J": "0408 13ab a4d9",
    "K": "041a 039a 13e6 a4d7",
    "L": "13de a4e1 0141",
    "M": "041c 039c 13b7 a4df",
    "N": "041f 039d a4e0",
    "O": "041e 039f a4f3 00d8",
    "P": "0420 03a1 13e2 a4d1",
    "Q": "051a",
    "R": "0413 13a1 13d2 a4e3",
    "S": "0405 13da a4e2",
    "T": "0422 03a4 13a2 a4d4 0166",
    "U": "0418 a4f4",
    "V": "0474 13d9 a4e6",
    "W": "051c 13b3 a4ea",
    "X": "0425 03a7 a4eb",
    "Y": "0423 03a5 04ae a4ec",
    "Z": "0396 13c3 a4dc",
}
_ALPHABETS = (0x1F150, 0x1F170, 0x1F1E6)
"""First letters of the capital alphabets that are drawn as symbols and flags."""

_SIGNS = {
    "'": "2018 2019 201a 201b 2032 02bc",
    '"': "201c 201d 201e 201f 2033 00ab 00bb",
    "/": "2044 2215",
    ":": "2236 a789",
}
_INVISIBLE = "115f 1160 3164 ffa0"
"""Hangul fillers: letters by category, nothing to the eye."""


def _points() -> dict[str, str]:
    table = {
        chr(int(point, 16)): letter
        for group in (_LOWER, _UPPER, _SIGNS)
        for letter, points in group.items()
        for point in points.split()
    }
    for first in _ALPHABETS:
        table.update({chr(first + step): chr(ord("A") + step) for step in range(26)})
    table.update({chr(int(point, 16)): "" for point in _INVISIBLE.split()})
    return table


CONFUSABLES: dict[str, str] = _points()
"""From one look-alike character to what a reader sees."""
