"""The rule: words can be read on every ground that they stand on, in light and in dark.

Text reaches 4.5 to 1 (WCAG 2.2, 1.4.3), edges of controls and bars 3 to 1 (1.4.11). The colours are
read from `tokens.css`, so the file itself is tested and not a copy of it; and no other stylesheet
brings a colour of its own.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "trustops" / "web" / "static" / "css"

THEMES = {
    "light": ":root {",
    "dark by system": ':root:not([data-theme="light"]) {',
    "dark by switch": ':root[data-theme="dark"] {',
}
"""Where each set of colours begins in `tokens.css`."""

GROUNDS = ("paper", "raised", "sunken", "hatch", "accent-tint")
"""What text may stand on: pages, cards, wells, notes (no state there), the chosen row."""

TEXTS = ("ink", "soft", "faint", "accent", "accent-strong")
STATES = ("met", "at-risk", "breached", "paused", "unknown")

TEXT_PAIRS = (
    *((text, ground) for text in TEXTS for ground in GROUNDS if text != "faint"),
    *(("faint", ground) for ground in ("paper", "raised", "sunken")),
    *((state, ground) for state in STATES for ground in GROUNDS if ground != "hatch"),
    *((state, f"{state}-tint") for state in STATES),
    *((text, f"{state}-tint") for text in ("ink", "soft", "accent") for state in STATES),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("danger", "raised"),
    ("on-danger", "danger"),
    ("paper", "ink"),
)
"""Every text on every ground that the components put it on."""

EDGE_PAIRS = tuple((edge, ground) for edge in ("edge", "accent") for ground in GROUNDS)
"""What shows where a control or a bar is."""


def colours_after(start: str) -> dict[str, str]:
    """The hexadecimal colours of the block that begins with `start`."""
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    block = text.split(start, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def faults(theme: str, pairs: tuple[tuple[str, str], ...], least: float) -> list[str]:
    """The pairs of a theme that stay under the least contrast, in words."""
    colours = colours_after(THEMES[theme])
    ratios = ((top, ground, contrast(colours[top], colours[ground])) for top, ground in pairs)
    return [f"{top} on {ground}: {ratio:.2f}" for top, ground, ratio in ratios if ratio < least]


def test_contrast_is_reckoned_as_the_guidelines_do() -> None:
    """Black on white is 21 to 1, a colour on itself 1 to 1, and #767676 just readable on white."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#b42318", "#b42318") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_can_be_read_on_every_ground_that_it_stands_on(theme: str) -> None:
    """Text reaches 4.5 to 1."""
    assert faults(theme, TEXT_PAIRS, 4.5) == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_edge_of_every_control_can_be_seen(theme: str) -> None:
    """Borders of controls, the focus ring and the bars of charts reach 3 to 1."""
    assert faults(theme, EDGE_PAIRS, 3.0) == []


def test_dark_is_the_same_dark_by_system_and_by_switch() -> None:
    """The two ways into the dark theme give the same colours, and the same names as light."""
    by_system = colours_after(THEMES["dark by system"])
    assert by_system == colours_after(THEMES["dark by switch"])
    assert by_system.keys() == colours_after(THEMES["light"]).keys()


def test_no_other_stylesheet_brings_a_colour_of_its_own() -> None:
    """Colours stand in `tokens.css` alone, so that what is tested here is all there is."""
    own = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|color-mix)\(", re.IGNORECASE)
    found = {
        path.name: own.findall(path.read_text(encoding="utf-8"))
        for path in CSS.rglob("*.css")
        if path.name != "tokens.css"
    }
    assert {name: colours for name, colours in found.items() if colours} == {}


def test_every_colour_and_size_that_is_used_is_a_token() -> None:
    """A misspelt custom property would fall back to nothing without a word."""
    sheets = {path.name: path.read_text(encoding="utf-8") for path in CSS.rglob("*.css")}
    known = {name for text in sheets.values() for name in re.findall(r"(--[\w-]+):", text)}
    used = {name for text in sheets.values() for name in re.findall(r"var\((--[\w-]+)", text)}
    assert used - known == set()
