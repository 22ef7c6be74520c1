"""Small random programs over a small record, as pack folders: what the properties of unknown are tested on."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from civil_aid_rules.quantities.fields import Entry, Fact
from civil_aid_rules.records.record import Part as RecordPart
from civil_aid_rules.records.record import Record
from civil_aid_rules.rulebook import Rulebook

BOOLEANS = ("a", "b", "c")
NUMBERS = ("x", "y")


class Part(RecordPart):
    """One entry of the list."""

    f: Annotated[bool | None, Fact(en="f", zh="f")] = None
    n: Annotated[int | None, Fact(en="n", zh="n")] = None


class Small(Record):
    """A record with three yes/no facts, two numbers and a list."""

    a: Annotated[bool | None, Fact(en="a", zh="a")] = None
    b: Annotated[bool | None, Fact(en="b", zh="b")] = None
    c: Annotated[bool | None, Fact(en="c", zh="c")] = None
    x: Annotated[int | None, Fact(en="x", zh="x")] = None
    y: Annotated[int | None, Fact(en="y", zh="y")] = None
    parts: Annotated[list[Part] | None, Entry(en="parts", zh="parts")] = None


PROGRAM = """
program: p
title: {en: P, zh: P}
record: small
outcome: {eligible: outcome}
sources: {act: {title: {en: A, zh: A}, kind: law, issued: 2000-01-01, in_force: 2000-01-01}}
"""


def write_program(rules: str, folder: Path) -> Rulebook:
    """A rulebook with one program of these rules."""
    (folder / "p" / "rules").mkdir(parents=True, exist_ok=True)
    (folder / "p" / "program.yaml").write_text(PROGRAM, encoding="utf-8")
    (folder / "p" / "rules" / "2000-01-01.yaml").write_text(rules, encoding="utf-8")
    return Rulebook.load(folder, records={"small": Small})


class Writer:
    """Writes random rules, seeded."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def condition(self, depth: int) -> str:
        """A yes/no expression."""
        pick = self.random.choice
        if depth == 0:
            return pick([*BOOLEANS, f"{pick(NUMBERS)} {pick(['<', '>=', '=='])} 0", f"x {pick(['<', '=='])} y"])
        sub = self.condition(depth - 1)
        return pick(
            [
                f"({sub} and {self.condition(depth - 1)})",
                f"({sub} or {self.condition(depth - 1)})",
                f"not ({sub})",
                f"{self.number(depth - 1)} {pick(['<', '>', '=='])} {self.number(depth - 1)}",
                f"any({pick(['p.f', 'p.n > 0', 'p.n == x'])} for p in parts{pick(['', ' if p.f', ' if not p.f', ' if a'])})",
                f"all({pick(['p.f', 'p.n > 0'])} for p in parts{pick(['', ' if p.n > 0', ' if b'])})",
                "helper",
            ]
        )

    def number(self, depth: int) -> str:
        """A number expression."""
        pick = self.random.choice
        if depth == 0:
            return pick([*NUMBERS, "0"])
        return pick(
            [
                f"({self.number(depth - 1)} {pick(['+', '-', '*'])} {self.number(depth - 1)})",
                f"sum(p.n for p in parts{pick(['', ' if p.f', ' if c'])})",
                f"count(p for p in parts{pick(['', ' if p.f', ' if p.n > 0'])})",
                f"max({self.number(depth - 1)}, {self.number(depth - 1)})",
                "amount",
            ]
        )

    def rules(self) -> str:
        """Three rules: a helper, an amount by cases, and the outcome, sometimes with exceptions."""
        plain = Writer(self.random.randrange(10**9))
        plain_text = plain.condition(1).replace("helper", "a").replace("amount", "x")
        test = plain.condition(1).replace("helper", "b").replace("amount", "y")
        text = f"helper:\n  is: {plain_text}\n  if_empty: yes\n  cite: act\n"
        text += "amount:\n  title: {en: A, zh: A}\n  type: number\n  cases:\n"
        text += (
            f"    - {{if: '{test}', is: x}}\n    - {{if: c, is: y}}\n    - {{else: 0}}\n  if_empty: yes\n  cite: act\n"
        )
        text += f"outcome:\n  is: '{self.condition(2)}'\n  if_empty: yes\n  cite: act\n"
        if self.random.random() < 0.5:
            text += "  except:\n"
            for index in range(self.random.choice([1, 2])):
                then = self.random.choice(["'yes'", "'no'"])
                text += f"    - {{id: e{index}, if: '{self.condition(1)}', then: {then}, cite: act, say: {{en: e, zh: e}}}}\n"
        return text

    def record(self, *, known: float) -> Small:
        """A record of which about this share is known."""
        some = self.random.random

        def boolean() -> bool | None:
            return some() < 0.5 if some() < known else None

        def number() -> int | None:
            return self.random.choice([0, 1]) if some() < known else None

        parts = [Part(f=boolean(), n=number()) for _ in range(self.random.choice([0, 1, 2]))]
        return Small(
            a=boolean(), b=boolean(), c=boolean(), x=number(), y=number(), parts=parts if some() < known + 0.2 else None
        )


def completions(record: Small) -> Iterator[Small]:
    """Every way to fill in what is unknown: yes/no, 0 or 1, and lists of up to one entry."""
    lists = (
        [record.parts]
        if record.parts is not None
        else [[], [Part(f=True, n=1)], [Part(f=False, n=0)], [Part(f=True, n=0)], [Part(f=False, n=1)]]
    )
    for parts in lists:
        slots = [[getattr(record, name)] if getattr(record, name) is not None else [True, False] for name in BOOLEANS]
        slots += [[getattr(record, name)] if getattr(record, name) is not None else [0, 1] for name in NUMBERS]
        for part in parts:
            slots.append([part.f] if part.f is not None else [True, False])
            slots.append([part.n] if part.n is not None else [0, 1])
        for values in itertools.product(*slots):
            heads, tail = values[:5], values[5:]
            filled = [Part(f=tail[2 * i], n=tail[2 * i + 1]) for i in range(len(parts))]
            yield Small(**dict(zip((*BOOLEANS, *NUMBERS), heads, strict=True)), parts=filled)


def fact_at(record: Small, name: str) -> object:
    """The fact at a path such as `$.parts[1].n`, or the list itself."""
    here: object = record
    for step in name.removeprefix("$.").replace("[", ".").replace("]", "").split("."):
        here = here[int(step)] if isinstance(here, list) else getattr(here, step)
    return here
