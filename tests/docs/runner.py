"""Runs a page as a reader would: from top to bottom, in one folder, with the repository's examples beside it.

Python blocks share one set of names; those with `>>>` are checked as doctests. A block whose first line is a comment
with a path (`# packs/aid/program.yaml`) is that file. In a console block the lines after `$ ` are commands; what
follows is what they must print.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from civil_aid_rules.cli.main import main
from tests.docs.pages import ROOT, Block, blocks_of

LANGUAGES = frozenset({"python", "console", "yaml", "json", "sh", "text", "powershell"})


def run_page(page: Path, folder: Path) -> list[str]:
    """Run every block of a page. What went otherwise than the page says, block by block."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    names: dict[str, object] = {"__name__": "__page__"}
    found: list[str] = []
    with in_folder(folder):
        for block in blocks_of(page):
            found += _run(block, folder, names)
    return found


def updated_page(page: Path, folder: Path) -> str:
    """The page's text with what its commands print now."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    left, kept = page.read_text(encoding="utf-8"), list[str]()
    with in_folder(folder):
        for block in blocks_of(page):
            before, fence, left = left.partition(f"```{block.language}\n{block.text}```")
            if block.file is not None:
                write(block, folder)
            now = f"```console\n{printed(block)}```" if block.language == "console" else fence
            kept += [before, now]
    return "".join([*kept, left])


def _run(block: Block, folder: Path, names: dict[str, object]) -> list[str]:
    if block.file is not None:
        write(block, folder)
        return []
    if block.language == "console":
        now = printed(block)
        return [] if now == block.text else [f"{block.where}: prints now\n{now}"]
    if block.language != "python":
        return []
    if ">>>" in block.text:
        return _doctest(block, names)
    exec(compile(block.text, block.where, "exec"), names)
    return []


def write(block: Block, folder: Path) -> None:
    """The file that a block is."""
    assert block.file is not None
    path = folder / block.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, encoding="utf-8")


def _doctest(block: Block, names: dict[str, object]) -> list[str]:
    test = doctest.DocTestParser().get_doctest(block.text, {}, block.where, block.where, block.line)
    test.globs = names
    report = io.StringIO()
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
    runner.run(test, out=report.write, clear_globs=False)
    return [report.getvalue()] if runner.failures else []


# --- commands --------------------------------------------------------------------------------------------------------


def printed(block: Block) -> str:
    """A console block as it reads when its commands are run now."""
    commands = [line.removeprefix("$ ") for line in block.text.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{output_of(command)}" for command in commands)


def output_of(command: str) -> str:
    """What a command prints, errors included: `civil-aid …`, perhaps with `| head -9` or `> file` at its end."""
    words = shlex.split(command.removeprefix("PYTHONPATH=. "))
    output = io.StringIO()
    cut = next((place for place, word in enumerate(words) if word in ("|", ">")), len(words))
    assert words[0] == "civil-aid", f"only civil-aid is run in pages, not {words[0]}"
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output), contextlib.suppress(SystemExit):
        main(words[1:cut])
    match words[cut:]:
        case []:
            return output.getvalue()
        case ["|", "head", count]:
            lines = output.getvalue().splitlines(keepends=True)
            return "".join(lines[: int(count.removeprefix("-"))])
        case [">", file]:
            Path(file).write_text(output.getvalue(), encoding="utf-8")
            return ""
        case rest:
            raise AssertionError(f"pages may end a command in | head -9 or > file, not {' '.join(rest)}")


@contextlib.contextmanager
def in_folder(folder: Path) -> Iterator[None]:
    """Work in a folder, from which modules may be imported, and leave nothing behind."""
    before = set(sys.modules)
    sys.path.insert(0, str(folder))
    try:
        with contextlib.chdir(folder):
            yield
    finally:
        sys.path.remove(str(folder))
        for name in set(sys.modules) - before:
            file = getattr(sys.modules[name], "__file__", None)
            if file is not None and Path(file).is_relative_to(folder):
                del sys.modules[name]
