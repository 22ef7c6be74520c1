"""What the system says of a file reaches a Chinese reader in Chinese, wherever a file is opened or written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from civil_aid_rules.cli.main import main
from civil_aid_rules.system_faults import said_by_the_system

QUESTION = ["--program", "urban_dibao", "--on", "2016-04-01", "--language", "zh"]


@pytest.mark.parametrize(
    ("number", "zh"),
    [
        (errno.ENOENT, "文件或文件夹不存在"),
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.ENOEXEC, f"系统错误 {errno.ENOEXEC}"),
    ],
)
def test_a_fault_of_the_system_has_words_in_both_languages(number: int, zh: str) -> None:
    said = said_by_the_system(OSError(number, os.strerror(number)))
    assert (said.en, said.zh) == (os.strerror(number), zh)


def test_a_fault_without_a_number_says_what_it_says() -> None:
    said = said_by_the_system(OSError("the stream is closed"))
    assert (said.en, said.zh) == ("the stream is closed", "系统未说明原因")


def test_a_population_that_is_not_there_or_not_parquet_is_told_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 and no more")
    for name, why in (("none.csv", "文件或文件夹不存在"), ("cut.parquet", "内容损坏，或者格式不符")):
        status = main(["caseload", str(tmp_path / name), *QUESTION, "--out", str(tmp_path / f"out.{name[-3:]}")])
        assert status == 2
        assert why in (said := capsys.readouterr().err)
        assert not {"No", "such", "magic", "Parquet magic"} & set(said.split())


def test_a_receipt_that_is_not_there_is_told_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "nowhere.json", "--language", "zh"]) == 2
    assert "nowhere.json 无法读取：文件或文件夹不存在" in capsys.readouterr().err
