"""Damaged rows on both paths: a record read by itself and determined, and the same row in columns.

python -m tests.differential.damaged 500                              so many batches of each shipped question
python -m tests.differential.damaged --again shipped urban_dibao 2016-04-01 17     one of them, row by row
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from pydantic import ValidationError

from civil_aid_rules.errors import RecordError
from civil_aid_rules.evaluator import Evaluator
from civil_aid_rules.facts.extract import extract
from civil_aid_rules.facts.vocabulary import Vocabulary
from civil_aid_rules.records.read import read_data
from civil_aid_rules.records.record import Record
from civil_aid_rules.rulebook import Rulebook
from tests.differential.damage import Data, IsRead, RandomDamage
from tests.differential.records import RandomRecords
from tests.differential.tables import text_batch_of
from tests.differential.test_shipped import questions, rulebooks

ROWS = 8
"""Rows of a batch; of four, one is left as it was."""

Found = tuple[str, ...]


def read_by(book: Rulebook, evaluator: Evaluator) -> IsRead:
    """Which facts the program reads."""
    reads = evaluator.columns().question.reads
    scopes = book.vocabularies[evaluator.record].scopes

    def is_read(scope: str, name: str) -> bool:
        fact = scopes[scope].facts.get(name)
        return fact is not None and fact.slot in reads.get(scope, ())

    return is_read


def is_unread(found: Found, vocabulary: Vocabulary, is_read: IsRead) -> bool:
    """Whether a fault is that of a fact that no rule reads."""
    *lists, name = re.split(r"\[\d+\]\.", found[1].removeprefix("$."))
    scope = vocabulary.scopes.get(".".join(lists))
    return scope is not None and name in scope.facts and not is_read(scope.scope, name)


def rows_of(book: Rulebook, evaluator: Evaluator, seed: int) -> list[Data]:
    """The rows of a seed, most of them damaged."""
    random = Random(seed)
    model = book.records[evaluator.record]
    vocabulary = book.vocabularies[evaluator.record]
    damage = RandomDamage(model, random, read_by(book, evaluator))
    rows: list[Data] = []
    for number in range(ROWS):
        data = RandomRecords(model, random, evaluator.on).record().model_dump(mode="json", exclude_none=True)
        for _ in range(random.choice((1, 1, 2, 3)) if number % 4 else 0):
            damage.damage(data, only_read=is_accepted(model, vocabulary, data))
        rows.append(data)
    return rows


def of_record(evaluator: Evaluator, model: type[Record], row: Data) -> list[Found]:
    """What is decided of a record by itself, or everything that is wrong with it."""
    try:
        found = evaluator.determine(read_data(without_null(row), model, []))
    except RecordError as error:
        return [("refused", str(item.at), item.code, item.sentence(), item.sentence("zh")) for item in error.problems]
    amount = None if found.payment is None else found.payment.amount
    reasons = sorted(reason.id for reason in found.reasons if reason.decided)
    return [(found.status, str(amount), " ".join(reasons))]


def of_columns(evaluator: Evaluator, model: type[Record], rows: Sequence[Data], random: Random) -> list[list[Found]]:
    """The same of each row of a table."""
    result = evaluator.determine_columns(text_batch_of(rows, model, random))
    found: list[list[Found]] = [[] for _ in rows]
    for row in result.determinations.to_pylist():
        found[row["row"]].append((row["status"], str(row["amount"]), " ".join(sorted(row["reasons"]))))
    for row in result.rejects.to_pylist():
        found[row["row"]].append(("refused", row["field"], row["code"], row["sentence"], row["sentence_zh"]))
    return found


def is_accepted(model: type[Record], vocabulary: Vocabulary, row: Data) -> bool:
    """Whether Pydantic alone takes the row, and its references lead somewhere."""
    try:
        extract(model.model_validate(without_null(row)), vocabulary)
    except (ValidationError, RecordError):
        return False
    return True


def without_null(value: Any) -> Any:
    """The value without what is null in it; entries of lists stay."""
    if isinstance(value, dict):
        return {name: without_null(held) for name, held in value.items() if held is not None}
    return [without_null(item) for item in value] if isinstance(value, list) else value


def differences(name: str, program: str, day: str, seeds: range) -> Iterator[str]:
    """One line for each row that the two paths do not agree on, with what reproduces it."""
    book = rulebooks()[name]
    evaluator = book.evaluator(program, on=day)
    model, vocabulary = book.records[evaluator.record], book.vocabularies[evaluator.record]
    is_read = read_by(book, evaluator)
    for seed in seeds:
        again = f"python -m tests.differential.damaged --again {name} {program} {day} {seed}"
        rows = rows_of(book, evaluator, seed)
        try:
            columns = of_columns(evaluator, model, rows, Random(seed))
        except Exception as error:
            error.add_note(f"{again}: columns stopped")
            raise
        for number, (row, found) in enumerate(zip(rows, columns, strict=True)):
            expected = of_record(evaluator, model, row)
            if expected[0][0] == "refused" and all(is_unread(item, vocabulary, is_read) for item in expected):
                continue
            if expected != found:
                yield f"{again}: row {number}: the record gives {expected}, columns {found}"
            if is_accepted(model, vocabulary, row) != (expected[0][0] != "refused"):
                yield f"{again}: row {number}: Pydantic and the reader of records do not agree: {expected}"


def main() -> int:
    """Run what the command line asks for; 1 where anything differs."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("batches", type=int, nargs="?", default=20)
    asked.add_argument("--first", type=int, default=0, help="the first seed")
    asked.add_argument("--again", nargs=4, metavar=("RULEBOOK", "PROGRAM", "DAY", "SEED"))
    options = asked.parse_args()
    if options.again:
        name, program, day, seed = options.again
        found = list(differences(name, program, day, range(int(seed), int(seed) + 1)))
        print("\n".join(found) or "no difference")
        return int(bool(found))
    seeds, count = range(options.first, options.first + options.batches), 0
    for name, program, day in questions():
        for line in differences(name, program, day, seeds):
            print(line)
            count += 1
    print(f"{len(questions())} questions, {options.batches} batches of {ROWS} rows each: {count} differences")
    return int(count > 0)


if __name__ == "__main__":
    raise SystemExit(main())
