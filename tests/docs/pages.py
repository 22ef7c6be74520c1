"""The Markdown pages of this repository taken apart: headings, fenced blocks, tables, links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
_FENCE = re.compile(r"^```([a-z]*)\s*$")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`[^`]*`")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its text, and the line on which its text begins."""

    page: Path
    language: str
    text: str
    line: int

    @property
    def where(self) -> str:
        """The page and line, for messages."""
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"

    @property
    def file(self) -> str | None:
        """The path that the block's first line names in a comment (`# packs/aid/program.yaml`), if it names one."""
        found = re.match(r"# ([\w./-]+\.(?:yaml|json|py))(?: .*)?\n", self.text)
        return None if found is None else found[1]


def all_pages() -> list[Path]:
    """Every page that people read: the READMEs, docs/, and what changed in each pack."""
    return [ROOT / "README.md", ROOT / "README.zh.md", *sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("rules/*/*.md"))]


def blocks_of(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found: list[Block] = []
    language, start, lines = None, 0, list[str]()
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        fence = _FENCE.match(line)
        if language is None and fence is not None:
            language, start, lines = fence[1], number + 1, []
        elif language is not None and line == "```":
            found.append(Block(page, language, "".join(f"{item}\n" for item in lines), start))
            language = None
        elif language is not None:
            lines.append(line)
    assert language is None, f"{page}:{start}: a block that is never closed"
    return found


def prose_of(page: Path) -> str:
    """A page without its fenced blocks."""
    text = page.read_text(encoding="utf-8")
    return re.sub(r"^```[a-z]*\s*$.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def headings_of(page: Path, level: int | None = None) -> list[str]:
    """The headings of a page, of one level or of all."""
    found = re.findall(r"^(#{1,6}) (.+?)\s*$", prose_of(page), flags=re.MULTILINE)
    return [text for marks, text in found if level is None or len(marks) == level]


def links_of(page: Path) -> list[str]:
    """Where the links of a page lead."""
    return _LINK.findall(_CODE.sub("", prose_of(page)))


def anchor_of(heading: str) -> str:
    """The anchor that forges give a heading."""
    kept = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return kept.replace(" ", "-")


def section_of(page: Path, heading: str, level: int = 2) -> str:
    """The text under a heading, up to the next of its level or above."""
    text = page.read_text(encoding="utf-8")
    found = re.search(
        rf"^{'#' * level} {re.escape(heading)}\s*$(.*?)(?=^#{{1,{level}}} |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert found is not None, f"{page.name} has no section {heading}"
    return found[1]


def tables_in(text: str) -> list[list[list[str]]]:
    """The tables of a text, each as rows of cells; `\\|` is a bar within a cell."""
    tables: list[list[list[str]]] = []
    inside = False
    for line in text.splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
        if not inside:
            tables.append([])
            inside = True
        if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            tables[-1].append(cells)
    return tables


def code_in(cell: str) -> list[str]:
    """What stands between backquotes."""
    return re.findall(r"`([^`]+)`", cell)
