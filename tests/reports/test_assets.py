import re
from importlib.resources import files

import pytest

ASSETS = files("termbank.reports") / "assets"
COMMON = (ASSETS / "common.css").read_text("utf-8")
PALETTES = [
    dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})\b", block)) for block in re.findall(r":root\{(.*?)\}", COMMON, re.S)
]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """WCAG 2.1, 1.4.3."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", PALETTES, ids=["light", "dark", "paper"])
def test_every_text_can_be_read_on_every_ground(palette: dict[str, str]) -> None:
    for ink in ("ink", "muted", "link", "e", "w", "i"):
        for ground in ("paper", "panel"):
            assert contrast(palette[ink], palette[ground]) >= 4.5, (ink, ground)
    for kind in "ewi":
        assert contrast(palette["ink"], palette[f"{kind}t"]) >= 4.5
        assert contrast(palette[kind], palette[f"{kind}t"]) >= 3
    assert contrast(palette["on"], palette["e"]) >= 4.5


def test_assets_load_nothing_and_close_nothing() -> None:
    for asset in ASSETS.iterdir():
        body = asset.read_text("utf-8")
        assert "url(" not in body and "@import" not in body and "http" not in body
        assert "</" not in body
        assert body.count("{") == body.count("}")
