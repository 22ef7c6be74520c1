"""Where the shipped packs are: inside the installed package, or beside src/ in a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def shipped_rules() -> Path:
    """The folder of the shipped packs: `civil_aid_rules/rules` in a wheel, `rules/` beside `src/` in a checkout."""
    checkout = PACKAGE.parent.parent / "rules"
    if PACKAGE.parent.name == "src" and checkout.is_dir():
        return checkout
    return PACKAGE / "rules"
