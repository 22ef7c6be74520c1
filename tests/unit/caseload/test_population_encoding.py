"""Population files of text that are not UTF-8: as a whole, one sentence; in single rows, those rows and no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from civil_aid_rules import CaseloadError, Rulebook
from tests.unit.caseload.population_homes import ON, read, rulebook


@pytest.fixture(scope="module")
def homes() -> Rulebook:
    return rulebook()


def refusal(homes: Rulebook, path: Path, content: bytes) -> tuple[str, str, str]:
    path.write_bytes(content)
    with pytest.raises(CaseloadError) as caught:
        homes.determine_caseload(path, path.with_name(f"out{path.suffix}"), program="lamp_oil", on=ON, keep=["key"])
    (item,) = caught.value.problems
    assert [left.name for left in path.parent.iterdir()] == [path.name]
    assert item.code == "caseload-encoding" and item.at == path.name
    return item.sentence(), item.sentence("zh"), item.located()


def lines(*keys: str) -> str:
    return "".join(json.dumps({"key": key, "income": "70"}, ensure_ascii=False) + "\n" for key in keys)


def test_a_csv_file_in_gbk_is_refused_once_with_its_first_wrong_byte_and_what_it_looks_like(
    homes: Rulebook, tmp_path: Path
) -> None:
    """0xD5 0xC5 is 张 in GBK; before it on line 3 stand three characters."""
    written = "key,income\nA-1,70\nA-2张三,70\n李四,70\n王五,70\n"
    en, zh, located = refusal(homes, tmp_path / "homes.csv", written.encode("gbk"))
    assert en == (
        "the file is not UTF-8 text: the byte 0xD5 at line 3, column 4 (the file looks like GBK); "
        "open it in the program that wrote it and save it as UTF-8"
    )
    assert zh == (
        "文件不是 UTF-8 文本：第 3 行第 4 列的字节是 0xD5（文件看来是 GBK 编码）；请用原来的程序打开，另存为 UTF-8"
    )
    assert located == f"homes.csv: caseload-encoding: {en}"


def test_a_file_of_json_lines_in_gbk_is_refused_once(homes: Rulebook, tmp_path: Path) -> None:
    written = lines("A-1", "张三", "李四", "王五", "B-2").encode("gbk")
    en, _, _ = refusal(homes, tmp_path / "homes.jsonl", written)
    assert "the byte 0xD5 at line 2, column 10 (the file looks like GBK)" in en


def test_column_names_in_gbk_refuse_the_file_however_few_its_rows(homes: Rulebook, tmp_path: Path) -> None:
    en, _, _ = refusal(homes, tmp_path / "homes.csv", "\n\nkey,income,姓名\nA-1,70,x\n".encode("gbk"))
    assert "at line 3, column 12 (the file looks like GBK)" in en


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_file_in_utf_16_is_refused_once(homes: Rulebook, kind: str, encoding: str, tmp_path: Path) -> None:
    written = "key,income\nA,70\n" if kind == "csv" else lines("A")
    en, _, _ = refusal(homes, tmp_path / f"homes.{kind}", written.encode(encoding))
    assert "at line 1, column 1 (the file looks like UTF-16)" in en


ONE_BYTE: dict[str, tuple[bytes, list[int]]] = {
    "one stray byte": (lines("张三", "A?", "李四", "王五").encode().replace(b"?", b"\xff"), [1]),
    "one stray byte among letters": (lines("A", "B?", "C").encode().replace(b"?", b"\xd6"), [1]),
    "one row of another program": (lines("张三", "李四").encode() + lines("王五").encode("gbk"), [2]),
    "two of four rows": (lines("张三", "李四").encode() + lines("王五", "赵六").encode("gbk"), [2, 3]),
    "a single row": (lines("张三").encode("gbk"), [0]),
    "names cut in the middle of a character": (
        lines("张三?", "李四?", "A", "王五?").encode().replace(b"?", b"\xe5\xbc"),
        [0, 1, 3],
    ),
}
"""What is written, and the rows that are refused. 0xE5 0xBC are the first two bytes of 张 in UTF-8, and 寮 in GBK."""


@pytest.mark.parametrize("name", ONE_BYTE)
def test_rows_that_are_not_utf_8_are_refused_by_themselves_and_the_others_kept(
    homes: Rulebook, name: str, tmp_path: Path
) -> None:
    written, refused = ONE_BYTE[name]
    rows = written.count(b"\n")
    (tmp_path / "homes.jsonl").write_bytes(written)
    asked: dict[str, Any] = {"program": "lamp_oil", "on": ON, "keep": ["key"]}
    counts = homes.determine_caseload(tmp_path / "homes.jsonl", tmp_path / "out.jsonl", **asked).counts
    assert (counts.read, counts.determined, counts.rejected) == (rows, rows - len(refused), len(refused))
    found = [json.loads(line) for line in (tmp_path / "out.rejects.jsonl").read_bytes().splitlines()]
    assert [(row["row"], row["code"]) for row in found] == [(row, "record-encoding") for row in refused]
    assert [row["row"] for row in read(tmp_path / "out.jsonl")] == [row for row in range(rows) if row not in refused]


def test_a_row_beyond_those_looked_at_is_refused_by_itself(
    homes: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("civil_aid_rules.caseload.population.text_encoding.LINES_LOOKED_AT", 2)
    (tmp_path / "homes.csv").write_bytes(b"key,income\nA,70\n" + "张三,70\n李四,70\n".encode("gbk"))
    asked: dict[str, Any] = {"program": "lamp_oil", "on": ON, "keep": ["key"]}
    counts = homes.determine_caseload(tmp_path / "homes.csv", tmp_path / "out.csv", **asked).counts
    assert (counts.read, counts.determined, counts.rejected) == (3, 1, 2)


def test_long_texts_in_gbk_are_known_though_some_of_their_bytes_look_like_utf_8(
    homes: Rulebook, tmp_path: Path
) -> None:
    """需鞍 is 0xD0 0xE8 0xB0 0xB0 in GBK, of which the last three bytes are 谰 in UTF-8."""
    key = "需鞍某县某镇某村某组某号"
    en, _, _ = refusal(homes, tmp_path / "homes.csv", f"key,income\n{key},70\n{key},70\n".encode("gbk"))
    assert "the byte 0xD0 at line 2, column 1 (the file looks like GBK)" in en
