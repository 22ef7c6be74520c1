"""Writes the pages anew from the code: `python -m tests.docs.update`. Read what changed before you commit it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.docs import error_index
from tests.docs.generated import records_page
from tests.docs.pages import REFERENCE, ROOT, all_pages, blocks_of
from tests.docs.runner import updated_page


def update() -> list[Path]:
    """Write what is out of date; returns the pages that changed."""
    written = {REFERENCE / "records.md": records_page(), error_index.PAGE: error_index.errors_page()}
    changed = [page for page, text in written.items() if _write(page, text)]
    for page in all_pages():
        if page.name != "README.zh.md" and any(block.language == "console" for block in blocks_of(page)):
            with tempfile.TemporaryDirectory() as folder:
                text = updated_page(page, Path(folder).resolve())
            changed += [page] if _write(page, text) else []
    return [*changed, *_update_twin()]


def _update_twin() -> list[Path]:
    """The Chinese README has the blocks of the English one, in the same order."""
    page = ROOT / "README.zh.md"
    text, kept = page.read_text(encoding="utf-8"), list[str]()
    own, others = blocks_of(page), blocks_of(ROOT / "README.md")
    if [block.language for block in own] != [block.language for block in others]:
        raise SystemExit("README.md and README.zh.md do not have the same kinds of blocks in the same order")
    for block, other in zip(own, others, strict=True):
        before, _, text = text.partition(f"```{block.language}\n{block.text}```")
        kept += [before, f"```{block.language}\n{other.text}```"]
    return [page] if _write(page, "".join([*kept, text])) else []


def _write(page: Path, text: str) -> bool:
    if page.is_file() and page.read_text(encoding="utf-8") == text:
        return False
    page.write_text(text, encoding="utf-8")
    return True


if __name__ == "__main__":
    for page in update():
        sys.stdout.write(f"{page.relative_to(ROOT).as_posix()}\n")
