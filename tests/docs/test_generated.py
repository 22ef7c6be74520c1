"""Pages that follow from the code: records, the command line, the public names; and the two READMEs."""

from __future__ import annotations

import civil_aid_rules
from civil_aid_rules.cli.main import COMMANDS
from civil_aid_rules.error_texts import ERROR_TEXTS
from tests.docs.error_index import PAGE as ERRORS
from tests.docs.error_index import errors_page
from tests.docs.generated import records_page
from tests.docs.pages import REFERENCE, ROOT, blocks_of, code_in, headings_of, section_of, tables_in


def test_the_records_page_is_that_of_the_models() -> None:
    assert (REFERENCE / "records.md").read_text(encoding="utf-8") == records_page(), "python -m tests.docs.update"


def test_the_page_of_all_errors_is_that_of_the_texts_and_of_the_pages_of_each_area() -> None:
    assert ERRORS.read_text(encoding="utf-8") == errors_page(), "python -m tests.docs.update"


def test_every_code_has_one_line_on_the_page_of_all_errors() -> None:
    rows = [row for table in tables_in(ERRORS.read_text(encoding="utf-8")) for row in table[1:]]
    assert sorted(code_in(row[0])[0] for row in rows) == sorted(ERROR_TEXTS)
    for row in rows:
        assert row[1].endswith(".") and not is_chinese(row[1]), row
        assert is_chinese(row[2]) and "{found}" not in row[2], row


def is_chinese(text: str) -> bool:
    return any("一" <= character <= "鿿" for character in text)


def test_the_command_line_page_has_the_help_of_every_command() -> None:
    page = REFERENCE / "cli.md"
    assert headings_of(page, 2) == ["civil-aid", *(f"civil-aid {command.NAME}" for command in COMMANDS)]
    for heading in headings_of(page, 2):
        assert f"$ {heading} --help\n" in section_of(page, heading)


def test_the_api_page_explains_every_public_name_once() -> None:
    rows = [row for table in tables_in((REFERENCE / "api.md").read_text(encoding="utf-8")) for row in table[1:]]
    named = [code_in(row[0])[0].partition("(")[0] for row in rows]
    public = [name for name in named if "." not in name]
    assert sorted(public) == sorted(civil_aid_rules.__all__)


def test_every_method_that_the_api_page_names_exists() -> None:
    rows = [row for table in tables_in((REFERENCE / "api.md").read_text(encoding="utf-8")) for row in table[1:]]
    for row in rows:
        for code in code_in(row[0]):
            holder, _, member = code.partition("(")[0].partition(".")
            held = getattr(civil_aid_rules, holder)
            assert not member or hasattr(held, member) or member in getattr(held, "model_fields", {}), code


# --- the READMEs -----------------------------------------------------------------------------------------------------


def test_the_two_readmes_have_the_same_blocks_in_the_same_order() -> None:
    one, other = ([(b.language, b.text) for b in blocks_of(ROOT / name)] for name in ("README.md", "README.zh.md"))
    assert one == other


def test_the_two_readmes_have_sections_of_the_same_levels_in_the_same_order() -> None:
    def levels(name: str) -> list[int]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return [len(line.partition(" ")[0]) for line in text.splitlines() if line.startswith("#")]

    assert levels("README.md") == levels("README.zh.md")


def test_the_two_commands_come_first_and_are_one_line_each() -> None:
    commands = [block.text for block in blocks_of(ROOT / "README.md") if block.language == "sh"][:2]
    assert [command.count("\n") for command in commands] == [1, 1]
    explain, test = commands
    assert "civil-aid explain" in explain and "--language zh" in explain and "--language en" in explain
    assert "'.[test]'" in test and test.rstrip().endswith("-m pytest -n auto --dist loadfile")


def test_the_rule_in_the_readme_is_a_rule_that_is_shipped() -> None:
    rule = next(block.text for block in blocks_of(ROOT / "README.md") if block.language == "yaml")
    assert rule in (ROOT / "rules" / "dibao" / "rules" / "2014-05-01.yaml").read_text(encoding="utf-8")


def test_the_example_household_fits_on_fifteen_lines() -> None:
    assert len((ROOT / "examples" / "household.yaml").read_text(encoding="utf-8").splitlines()) <= 15
