"""Population files of every kind in, results and refused rows of the same kind out; worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from civil_aid_rules import CaseloadCounts, CaseloadError, CaseloadProgress, EvaluationError, RecordError, Rulebook
from tests.unit.caseload.population_homes import ALWAYS, DECIDED, HOMES, ON, REFUSED, read, rulebook, write

KINDS = ("parquet", "arrow", "jsonl", "csv")


@pytest.fixture(scope="module")
def homes() -> Rulebook:
    return rulebook()


def run(homes: Rulebook, population: Path, out: Path, **more: Any) -> CaseloadCounts:
    return homes.determine_caseload(population, out, program="lamp_oil", on=ON, **more).counts


def fault(caught: pytest.ExceptionInfo[Any]) -> tuple[str, str, str]:
    (item,) = caught.value.problems
    return item.code, item.sentence(), item.sentence("zh")


@pytest.mark.parametrize("kind", KINDS)
def test_each_row_is_decided_by_its_own_jurisdiction_and_bad_rows_stop_nothing(
    homes: Rulebook, kind: str, tmp_path: Path
) -> None:
    population = write(tmp_path / f"homes.{kind}", HOMES, at_once=3)
    out = tmp_path / f"out.{kind}"
    counts = run(homes, population, out, keep=["key"])
    assert counts == CaseloadCounts(read=8, determined=6, rejected=2, eligible=4, ineligible=1, undetermined=1)
    assert [(row["row"], row["key"], row["status"], row["amount"]) for row in read(out)] == DECIDED
    assert [row["reasons"] for row in read(out)] == [["below"]] * 6
    rejects = read(tmp_path / f"out.rejects.{kind}")
    assert [(row["row"], row["field"]) for row in rejects] == REFUSED
    assert rejects[1]["sentence"] == "there is no jurisdiction easterby; did you mean westerby?"
    assert rejects[1]["sentence_zh"]


@pytest.mark.parametrize("kind", KINDS)
def test_with_one_jurisdiction_named_rows_of_another_are_refused(homes: Rulebook, kind: str, tmp_path: Path) -> None:
    rows = [{"jurisdiction": "westerby", "income": "70"}, {"jurisdiction": "easterby", "income": "70"}]
    rows.append({"jurisdiction": None, "income": "70"})  # type: ignore[dict-item]
    out = tmp_path / f"out.{kind}"
    counts = run(homes, write(tmp_path / f"homes.{kind}", rows), out, jurisdiction="westerby")
    assert (counts.determined, counts.rejected) == (2, 1)
    assert [(row["row"], row["amount"]) for row in read(out)] == [(0, "40.00"), (2, "40.00")]
    assert read(tmp_path / f"out.rejects.{kind}")[0]["code"] == "record-jurisdiction"


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_that_is_kept_is_read_as_well(homes: Rulebook, kind: str, tmp_path: Path) -> None:
    """The standard is 100, in Westerby 110."""
    rows: list[dict[str, Any]] = [{"jurisdiction": "westerby", "income": "70"}, {"jurisdiction": None, "income": "70"}]
    out = tmp_path / f"out.{kind}"
    run(homes, write(tmp_path / f"homes.{kind}", rows), out, keep=["income", "jurisdiction"])
    found = [(row["amount"], str(row["income"]), row["jurisdiction"] or None) for row in read(out)]
    assert found == [("40.00", "70", "westerby"), ("30.00", "70", None)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "more", [{"keep": ["status"]}, {"keep": ["key", "key"]}, {"rules": ["eligible", "eligible"]}], ids=str
)
def test_two_columns_of_one_name_are_refused_before_anything_is_read(
    homes: Rulebook, kind: str, more: dict[str, list[str]], tmp_path: Path
) -> None:
    rows = [{"key": "a", "status": "b", "income": "70"}]
    with pytest.raises(EvaluationError) as caught:
        run(homes, write(tmp_path / f"homes.{kind}", rows), tmp_path / f"out.{kind}", **more)
    assert [item.code for item in caught.value.problems] == ["column-twice"]
    assert not (tmp_path / f"out.{kind}").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_several_processes_write_the_same_file_as_one(
    homes: Rulebook, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("civil_aid_rules.caseload.population.workers.WORTH_PROCESSES", ALWAYS)
    for module in ("parquet_population._ROWS_IN_A_CHUNK", "arrow_population.ROWS_AT_ONCE", "text_lines.LINES_AT_ONCE"):
        monkeypatch.setattr(f"civil_aid_rules.caseload.population.{module}", 2)
    population = write(tmp_path / f"homes.{kind}", HOMES, at_once=2)
    one, two = tmp_path / f"one.{kind}", tmp_path / f"two.{kind}"
    assert run(homes, population, one, keep=["key"]) == run(homes, population, two, keep=["key"], workers=2)
    assert one.read_bytes() == two.read_bytes()
    assert (tmp_path / f"one.rejects.{kind}").read_bytes() == (tmp_path / f"two.rejects.{kind}").read_bytes()


def test_a_csv_row_holds_groups_by_their_path_lists_as_json_and_empty_cells_are_not_known(
    homes: Rulebook, tmp_path: Path
) -> None:
    population = tmp_path / "homes.csv"
    population.write_bytes(
        b'\xef\xbb\xbfincome,rooms,lamps,hearth.lit,note\r\n70,2,"[{""burns"": true}]",true,"a, b\nc"\r\n'
        b"70,,[],,\r\n70,two,,,\r\n70,2\r\n70,2,\"[{]\",,\r\n70,2,,maybe,\r\n\"70\"1,2,,,\r\n\xff,2,,,\r\n"
    )  # fmt: skip
    counts = run(homes, population, tmp_path / "out.csv", keep=["note"])
    assert (counts.determined, counts.rejected) == (2, 6)
    assert [row["note"] for row in read(tmp_path / "out.csv")] == ["a, b\nc", ""]
    refused = read(tmp_path / "out.rejects.csv")
    assert [(row["row"], row["field"], row["code"]) for row in refused] == [
        (2, "$.rooms", "record-value"),
        (3, "$", "caseload-cells"),
        (4, "$.lamps", "record-syntax"),
        (5, "$.hearth.lit", "record-value"),
        (6, "$", "caseload-row"),
        (7, "$", "caseload-row"),
    ]
    assert refused[1]["sentence"] == "the row has 2 cells; expected 5, one for each column"


def test_values_of_rules_come_along_as_exact_text(homes: Rulebook, tmp_path: Path) -> None:
    population = write(tmp_path / "homes.jsonl", HOMES[:2])
    run(homes, population, tmp_path / "out.jsonl", rules=["payment", "large_home"], keep=["key"])
    assert [(row["payment"], row["large_home"]) for row in read(tmp_path / "out.jsonl")] == [("30", None), ("40", None)]
    with pytest.raises(EvaluationError) as caught:
        run(homes, population, tmp_path / "out.jsonl", rules=["paymnt"])
    assert fault(caught)[:2] == ("column-rule", "there is no rule paymnt; did you mean payment?")


def test_values_of_rules_in_tables_are_those_of_the_jurisdiction_of_each_row(homes: Rulebook, tmp_path: Path) -> None:
    population = write(tmp_path / "homes.parquet", HOMES[:5])
    run(homes, population, tmp_path / "out.parquet", rules=["payment"], keep=["key"])
    found = [None if row["payment"] is None else str(row["payment"]) for row in read(tmp_path / "out.parquet")]
    assert found == ["30.00", "40.00", "0.00", "10.00", None]


def test_a_population_of_no_rows_gives_results_of_no_rows(homes: Rulebook, tmp_path: Path) -> None:
    pq.write_table(pa.table({"income": pa.array([], pa.decimal128(10, 2))}), tmp_path / "homes.parquet")
    assert run(homes, tmp_path / "homes.parquet", tmp_path / "out.parquet").read == 0
    assert read(tmp_path / "out.parquet") == []


def test_progress_ends_with_the_counts_and_the_size(homes: Rulebook, tmp_path: Path) -> None:
    told: list[CaseloadProgress] = []
    population = write(tmp_path / "homes.parquet", HOMES[:3])
    counts = run(homes, population, tmp_path / "out.parquet", keep=["key"], progress=told.append)
    assert (told[-1].place, told[-1].size, told[-1].counts) == (3, 3, counts)


# --- what cannot be read or written as a whole ------------------------------------------------------------------------


def test_files_that_cannot_be_read_get_one_sentence_each_and_leave_nothing(homes: Rulebook, tmp_path: Path) -> None:
    good = write(tmp_path / "good.parquet", HOMES).read_bytes()
    (tmp_path / "empty.parquet").write_bytes(b"")
    (tmp_path / "truncated.parquet").write_bytes(good[: len(good) // 2])
    (tmp_path / "text.parquet").write_bytes(b"income,rooms\n70,2\n70,2\n70,2\n")
    (tmp_path / "text.arrow").write_bytes(b"income,rooms\n70,2\n")
    (tmp_path / "twice.csv").write_bytes(b"income,income\n70,2\n")
    (tmp_path / "unknown.csv").write_bytes(b"incme\n70\n")
    (tmp_path / "homes.xlsx").write_bytes(b"PK")
    before = {path.name for path in tmp_path.iterdir()}
    for name, code, words in (
        ("none.parquet", "caseload-file", "cannot be opened (No such file or directory)"),
        ("empty.parquet", "caseload-empty", "the file has 0 bytes; expected the households of a population"),
        ("truncated.parquet", "caseload-content", "expected a Parquet file, from its first byte to its last"),
        ("text.parquet", "caseload-content", "expected a Parquet file, from its first byte to its last"),
        ("text.arrow", "caseload-content", "expected an Arrow stream, from its first byte to its last"),
        ("twice.csv", "caseload-column-twice", "the column income stands more than once; expected 1 of each"),
        ("unknown.csv", "caseload-column", "there is no column incme; did you mean income?"),
        ("homes.xlsx", "caseload-kind", "the ending .xlsx does not say what kind of file this is"),
    ):
        with pytest.raises(CaseloadError) as caught:
            run(homes, tmp_path / name, tmp_path / f"out.{name.rpartition('.')[2]}")
        found, en, zh = fault(caught)
        assert found == code and words in en and zh != en and "\n" not in en
    assert {path.name for path in tmp_path.iterdir()} == before


def test_a_damaged_row_group_stops_the_run_with_a_sentence_in_one_process_and_in_two(
    homes: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("civil_aid_rules.caseload.population.parquet_population._ROWS_IN_A_CHUNK", 2)
    monkeypatch.setattr("civil_aid_rules.caseload.population.workers.WORTH_PROCESSES", ALWAYS)
    content = bytearray(write(tmp_path / "homes.parquet", HOMES, at_once=2).read_bytes())
    start = pq.ParquetFile(tmp_path / "homes.parquet").metadata.row_group(2).column(2).data_page_offset
    content[start : start + 40] = bytes(40)
    (tmp_path / "homes.parquet").write_bytes(content)
    for workers in (1, 2):
        with pytest.raises(CaseloadError) as caught:
            run(homes, tmp_path / "homes.parquet", tmp_path / "out.parquet", keep=["key"], workers=workers)
        assert fault(caught)[0] == "caseload-content"
        assert [path.name for path in tmp_path.iterdir()] == ["homes.parquet"]


def test_a_column_of_a_table_that_no_field_is_named_like_stops_the_run(homes: Rulebook, tmp_path: Path) -> None:
    with pytest.raises((CaseloadError, RecordError)) as caught:
        run(homes, write(tmp_path / "homes.parquet", HOMES), tmp_path / "out.parquet", keep=["kee"])
    assert fault(caught)[1] == "there is no column kee; did you mean key?"


def test_results_of_another_kind_or_in_no_folder_are_refused(homes: Rulebook, tmp_path: Path) -> None:
    population = write(tmp_path / "homes.jsonl", HOMES)
    with pytest.raises(CaseloadError) as caught:
        run(homes, population, tmp_path / "out.csv")
    assert fault(caught)[0] == "caseload-out-kind"
    with pytest.raises(CaseloadError) as caught:
        run(homes, population, tmp_path / "nowhere" / "out.jsonl")
    assert fault(caught)[0] == "caseload-out"


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_is_one_sentence_and_the_results_of_before_stay(
    homes: Rulebook, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    population = write(tmp_path / f"homes.{kind}", HOMES)
    out = tmp_path / f"out.{kind}"
    out.write_bytes(b"of yesterday")

    class FullDisk:
        def __init__(self, inner: Any) -> None:
            self.inner = inner

        def __getattr__(self, name: str) -> Any:
            return getattr(self.inner, name)

        def write(self, content: Any) -> int:
            raise OSError(28, "No space left on device")

    opened = Path.open

    def open_full(path: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        stream = opened(path, mode, *more, **named)
        return FullDisk(stream) if path.name == f".out.{kind}.partial" else stream

    monkeypatch.setattr(Path, "open", open_full)
    with pytest.raises(CaseloadError) as caught:
        run(homes, population, out, keep=["key"])
    code, sentence, _ = fault(caught)
    assert code == "caseload-out" and "No space left on device" in sentence
    assert out.read_bytes() == b"of yesterday"
    assert {path.name for path in tmp_path.iterdir()} == {f"homes.{kind}", f"out.{kind}"}


def test_counts_that_do_not_add_up_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="read is not determined"):
        CaseloadCounts(read=3, determined=1, eligible=1)
    with pytest.raises(ValueError, match="determined is not eligible"):
        CaseloadCounts(read=1, determined=1)


def test_a_line_of_json_is_read_as_strictly_as_a_record(homes: Rulebook, tmp_path: Path) -> None:
    lines = [
        '{"income": 70}',
        '{"income": 70.5}',
        '{"income": "70", "income": "80"}',
        "",
        "[]",
        '{"incme": "1"}',
        '{"a": 1',
    ]
    (tmp_path / "homes.jsonl").write_text("\n".join(lines), encoding="utf-8")
    counts = run(homes, tmp_path / "homes.jsonl", tmp_path / "out.jsonl")
    assert (counts.read, counts.determined) == (6, 1)
    refused = [json.loads(line) for line in (tmp_path / "out.rejects.jsonl").read_text().splitlines()]
    assert [row["row"] for row in refused] == [1, 2, 3, 4, 5]
    assert [row["code"] for row in refused[:2]] == ["record-float", "record-duplicate-key"]


@pytest.mark.parametrize("at_once", [2, 20, 25])
def test_row_groups_of_every_size_are_read_also_with_choices_in_lists(
    at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("civil_aid_rules.caseload.population.parquet_population._WORTH_CODES", 20, raising=False)
    shipped = Rulebook.load(Path(__file__).parents[3] / "rules")
    members = [{"id": "m1", "relation": "head"}]
    write(tmp_path / "homes.parquet", [{"members": members}] * 50, at_once=at_once)
    asked: dict[str, Any] = {"program": "urban_dibao", "on": "2016-04-01"}
    counts = shipped.determine_caseload(tmp_path / "homes.parquet", tmp_path / "out.parquet", **asked).counts
    assert (counts.read, counts.determined) == (50, 50)


@pytest.mark.parametrize(
    ("written", "rejected"),
    [
        ('K"0,1\nK1,1\nK2,1\n', []),
        ('K0,1\n"K1,1\nK2,1\nK3,1\n', [1]),
        ('K0,1\n"K1,1\nK2,1"\nK3,1\n', [1, 2]),
        ('K0,1\n"K1"x,1\nK2,1\n', [1]),
        ('K0,1\n"K1,1\n"K2",1\nK3,1\n', [1]),
        ('"K0\n\nand more",1\n\nK1,1\n\n', []),
    ],
)
def test_a_stray_quote_refuses_its_own_row_and_no_household_vanishes(
    homes: Rulebook, written: str, rejected: list[int], tmp_path: Path
) -> None:
    """A quote inside a cell is a sign like any other; one that opens and is not closed takes no other row along."""
    (tmp_path / "homes.csv").write_text("key,income\n" + written, encoding="utf-8")
    counts = run(homes, tmp_path / "homes.csv", tmp_path / "out.csv", keep=["key"])
    households = written.count("K")
    assert (counts.read, counts.rejected) == (households, len(rejected))
    assert [row["row"] for row in read(tmp_path / "out.rejects.csv")] == rejected
    kept = [(row["row"], row["key"][:2].replace('"', "")) for row in read(tmp_path / "out.csv")]
    assert [place for place, _ in kept] == [place for place in range(households) if place not in rejected]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fixed", [None, "westerby"])
def test_a_name_or_a_document_number_in_the_wrong_column_is_not_shown(
    homes: Rulebook, kind: str, fixed: str | None, tmp_path: Path
) -> None:
    private = ["张三", "110101197503020011"]
    rows = [{"jurisdiction": text, "income": "70"} for text in private]
    counts = run(homes, write(tmp_path / f"homes.{kind}", rows), tmp_path / f"out.{kind}", jurisdiction=fixed)
    assert counts.rejected == 2
    refused = read(tmp_path / f"out.rejects.{kind}")
    assert not [text for text in private for row in refused if text in row["sentence"] + row["sentence_zh"]]
    assert "a value that is not shown" in refused[0]["sentence"]


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_values_for_each_person_are_a_list_also_where_one_is_not_known(kind: str, tmp_path: Path) -> None:
    """One earns 900 a month, of the other no income is known: his value is null, never left out."""
    shipped = Rulebook.load(Path(__file__).parents[3] / "rules")
    wages = [{"kind": "wages", "amount": "900", "period": "month", "start": "2014-07-01"}]
    earner: dict[str, Any] = {"id": "m1", "relation": "head", "registration": "non_agricultural", "income": wages}
    earner |= {"lives_with_family": True, "exclusions": []}
    population = write(tmp_path / f"homes.{kind}", [{"members": [earner, {"id": "m2", "relation": "spouse"}]}])
    out = tmp_path / f"out.{kind}"
    asked: dict[str, Any] = {"program": "urban_dibao", "on": "2016-04-01", "rules": ["own_income"]}
    assert shipped.determine_caseload(population, out, **asked).counts.determined == 1
    (row,) = read(out)
    found = json.loads(row["own_income"]) if kind == "csv" else row["own_income"]
    assert found == ["900", None]


@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_is_wrong_with_a_row_is_told_and_the_row_counts_once(
    homes: Rulebook, kind: str, tmp_path: Path
) -> None:
    """A record that cannot be read is held against no jurisdiction; one that can, against this alone."""
    wrong: dict[str, Any] = {"jurisdiction": None, "income": "70.005", "rooms": 10**15}
    elsewhere = {"jurisdiction": "easterby", "income": "70", "rooms": 2}
    rows = [wrong, {**elsewhere, "jurisdiction": None}, {**wrong, "jurisdiction": "easterby"}, elsewhere]
    counts = run(homes, write(tmp_path / f"homes.{kind}", rows), tmp_path / f"out.{kind}")
    assert (counts.read, counts.determined, counts.rejected) == (4, 1, 3)
    refused = read(tmp_path / f"out.rejects.{kind}")
    assert [(row["row"], row["field"]) for row in refused] == [
        (0, "$.income"),
        (0, "$.rooms"),
        (2, "$.income"),
        (2, "$.rooms"),
        (3, "$.jurisdiction"),
    ]


def test_a_mark_at_the_beginning_and_empty_lines_are_no_households(homes: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "homes.jsonl").write_bytes(b'\xef\xbb\xbf{"income": "70"}\n\r\n{"income": "100"}\n \n')
    counts = run(homes, tmp_path / "homes.jsonl", tmp_path / "out.jsonl")
    assert (counts.read, counts.rejected) == (2, 0)
    assert [(row["row"], row["amount"]) for row in read(tmp_path / "out.jsonl")] == [(0, "30.00"), (1, "0.00")]


def test_a_row_in_another_encoding_is_told_how_to_save_the_file(homes: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "homes.csv").write_bytes("key,income\n张三,70\n".encode("gbk"))
    assert run(homes, tmp_path / "homes.csv", tmp_path / "out.csv", keep=["key"]).rejected == 1
    (row,) = read(tmp_path / "out.rejects.csv")
    assert row["sentence"] == "the row cannot be read (it is not UTF-8); expected a file saved as CSV UTF-8"
    assert row["sentence_zh"] == "该行无法读取（不是 UTF-8 编码）；应为另存为“CSV UTF-8”的文件"
