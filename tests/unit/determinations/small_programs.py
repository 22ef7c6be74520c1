"""Small random programs over a small record, as pack folders: what the properties of unknown are tested on."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from civil_aid_rules.quantities.fields import Entry, Fact
from civil_aid_rules.records.none_known import NoneKnown
from civil_aid_rules.records.record import Part as RecordPart
from civil_aid_rules.records.record import Record
from civil_aid_rules.rulebook import Rulebook

BOOLEANS = ("a", "b", "c")
NUMBERS = ("x", "y")
Data = dict[str, Any]
Slots = list[tuple[tuple[str | int, ...], list[Any]]]
"""What is unknown in a record, each with its possible values."""


class Bit(RecordPart):
    """One entry of a list in a list."""

    g: Annotated[bool | None, Fact(en="g", zh="g")] = None
    v: Annotated[int | None, Fact(en="v", zh="v")] = None


class Part(RecordPart):
    """One entry of the list; `twin` names another."""

    id: str
    f: Annotated[bool | None, Fact(en="f", zh="f")] = None
    n: Annotated[int | None, Fact(en="n", zh="n")] = None
    twin: Annotated[str | NoneKnown | None, Fact(en="twin", zh="twin", references="parts")] = None
    bits: Annotated[list[Bit] | None, Entry(en="bits", zh="bits")] = None


class Small(Record):
    """A record with three yes/no facts, two numbers and a list."""

    a: Annotated[bool | None, Fact(en="a", zh="a")] = None
    b: Annotated[bool | None, Fact(en="b", zh="b")] = None
    c: Annotated[bool | None, Fact(en="c", zh="c")] = None
    x: Annotated[int | None, Fact(en="x", zh="x")] = None
    y: Annotated[int | None, Fact(en="y", zh="y")] = None
    parts: Annotated[list[Part] | None, Entry(en="parts", zh="parts", id="id")] = None


PROGRAM = """
program: p
title: {en: P, zh: P}
record: small
outcome: {eligible: outcome}
sources: {act: {title: {en: A, zh: A}, kind: law, issued: 2000-01-01, in_force: 2000-01-01}}
"""

PARAMETERS = """
limit: {title: {en: L, zh: L}, type: number, values: [{from: 2000-01-01, value: null, cite: act}]}
"""

_OPTION = "{id: {name}, is: {name}, title: {en: o, zh: o}}"
_SAID = "cite: act, say: {en: e, zh: e}"
_EACH_PART, _EACH_BIT = "for_each: p in parts\n  ", "for_each: [p in parts, b in p.bits]\n  "

RULES: dict[str, list[str]] = {
    # yes or no, for the record
    "limited": ["cases: [{if: is_set(limit), is: x <= limit}, {else: c}]"],
    "over_limit": ["is: y > limit"],
    "decided": [
        "decide: {hit: unique, columns: [a, b], rows: [{when: ['yes', '-'], then: c, cite: act},"
        " {when: ['no', 'yes'], then: 'yes', cite: act}, {when: ['no', 'no'], then: x > 0, cite: act}]}"
    ],
    "every": [
        "is: all(p.f for p in parts if p.n > 0)\n  if_empty: {yes_no}",
        "is: all(p.part_ok for p in parts if a)\n  if_empty: {yes_no}",
    ],
    "some_bits": ["is: any(p.has_bits for p in parts if p.n > 0)", "is: any(p.part_ok for p in parts)"],
    "chosen_ok": [f"is: chosen != none and chosen.{name}" for name in ("f", "has_bits", "part_ok")],
    "excepted": [
        f"is: a\n  except:\n    - {{id: e, if: b, then: 'no', {_SAID}}}\n    - {{id: f, if: x > 0, then: c, {_SAID}}}"
    ],
    # numbers, for the record
    "ratio": ["is: x / y\n  if_zero: {number}"],
    "low": [
        "is: min(p.n for p in parts if p.f)\n  if_empty: {number}",
        "is: max(p.place for p in parts)\n  if_empty: {number}",
    ],
    "best": [
        f"choose: {{take: {{take}}, options: [{_OPTION.replace('{name}', 'x')}, {_OPTION.replace('{name}', 'y')}]}}"
    ],
    "total": ["is: sum(p.bit_total for p in parts if p.f)", "is: sum(p.n for p in parts if p.part_ok)"],
    # an entry
    "chosen": ["pick: {from: p in parts, if: p.f, by: p.n, order: highest, tie: listed_first}"],
    # for each entry
    "part_ok": [f"{_EACH_PART}is: p.f and (a or p.n == x)", f"{_EACH_PART}is: p.twin != none and p.twin.f"],
    "has_bits": [
        f"{_EACH_PART}is: any(b.bit_ok for b in p.bits)",
        f"{_EACH_PART}is: count(b for b in p.bits if b.g) > 0",
    ],
    "bit_total": [f"{_EACH_PART}is: sum(b.v for b in p.bits if b.bit_ok)"],
    "place": [f"{_EACH_PART}rank: {{if: p.f, by: p.n, order: lowest, tie: shared, outside: {{plain}}}}"],
    "bit_ok": [f"{_EACH_BIT}is: b.g and (p.f or c)", f"{_EACH_BIT}is: b.v > y or p.n > 0"],
}
"""Rules that the outcome may rest on, each in one or several ways."""

NUMERIC = ("ratio", "low", "best", "total", "bit_total", "place")
CONDITIONS = ("limited", "over_limit", "decided", "every", "some_bits", "chosen_ok", "excepted")
CHOICES: dict[str, list[str]] = {
    "{yes_no}": ["'yes'", "'no'", "b"],
    "{number}": ["0", "x", "undefined"],
    "{plain}": ["0", "x"],
    "{take}": ["highest", "lowest", "first_above_zero"],
}


def write_program(rules: str, folder: Path) -> Rulebook:
    """A rulebook with one program of these rules."""
    (folder / "p" / "rules").mkdir(parents=True, exist_ok=True)
    (folder / "p" / "program.yaml").write_text(PROGRAM, encoding="utf-8")
    (folder / "p" / "parameters.yaml").write_text(PARAMETERS, encoding="utf-8")
    (folder / "p" / "rules" / "2000-01-01.yaml").write_text(rules, encoding="utf-8")
    return Rulebook.load(folder, records={"small": Small})


class Writer:
    """Writes random rules and records, seeded."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    # --- plain programs: facts, and one list that the outcome runs through itself ------------------------------------

    def condition(self, depth: int) -> str:
        """A yes/no expression."""
        pick = self.random.choice
        if depth == 0:
            return pick([*BOOLEANS, f"{pick(NUMBERS)} {pick(['<', '>=', '=='])} 0", f"x {pick(['<', '=='])} y"])
        sub = self.condition(depth - 1)
        some = pick(["p.f", "p.n > 0", "p.n == x"])
        filtered = pick(["", " if p.f", " if not p.f", " if a"])
        return pick(
            [
                f"({sub} and {self.condition(depth - 1)})",
                f"({sub} or {self.condition(depth - 1)})",
                f"not ({sub})",
                f"{self.number(depth - 1)} {pick(['<', '>', '=='])} {self.number(depth - 1)}",
                f"any({some} for p in parts{filtered})",
                f"all({pick(['p.f', 'p.n > 0'])} for p in parts{pick(['', ' if p.n > 0', ' if b'])})",
                f"count(p for p in parts{pick(['', ' if p.f', ' if p.n > 0'])}) {pick(['>', '==', '!=', '<='])} 0",
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

    def rules(self, *, assumes: bool = False) -> str:
        """Three rules: a helper, an amount by cases, and the outcome, sometimes with exceptions."""
        plain = Writer(self.random.randrange(10**9))
        plain_text = plain.condition(1).replace("helper", "a").replace("amount", "x")
        test = plain.condition(1).replace("helper", "b").replace("amount", "y")
        empty = self.random.choice(["yes", "no"])
        assumed = "  if_unknown: {value: 'yes', cite: act}\n" if assumes else ""
        text = f"helper:\n  is: {plain_text}\n  if_empty: '{empty}'\n{assumed}  cite: act\n"
        text += "amount:\n  title: {en: A, zh: A}\n  type: number\n  cases:\n"
        text += f"    - {{if: '{test}', is: x}}\n    - {{if: c, is: y}}\n    - {{else: 0}}\n"
        text += "  if_empty: 'yes'\n  cite: act\n"
        text += f"outcome:\n  is: '{self.condition(2)}'\n  if_empty: '{empty}'\n  cite: act\n"
        for index in range(self.random.choice([0, 0, 1, 2])):
            then = self.random.choice(["'yes'", "'no'"])
            text += "  except:\n" if index == 0 else ""
            text += (
                f"    - {{id: e{index}, if: '{self.condition(1)}', then: {then}, cite: act, say: {{en: e, zh: e}}}}\n"
            )
        return text

    # --- programs in which each fact is read once: there, structure tells exactly what settles the outcome -----------

    def read_once_rules(self) -> str:
        """An outcome in which no fact is read twice, sometimes with an exception."""
        over_parts = ["any(p.f for p in parts)", "any(p.f for p in parts if p.n > 0)"]
        over_parts += [text.replace("any", "all") for text in over_parts]
        over_parts += [
            "any(p.f for p in parts if c)",
            "count(p for p in parts if p.f) > 0",
            "count(p for p in parts if p.f) == 0",
        ]
        atoms = ["a", "b", "x > 0", "y > 0", self.random.choice(over_parts)]
        self.random.shuffle(atoms)
        excepted = atoms.pop() if self.random.random() < 0.4 else None
        while len(atoms) > 1:
            joined = f"({atoms.pop()} {self.random.choice(['and', 'or'])} {atoms.pop()})"
            atoms.insert(0, self.random.choice([joined, f"not {joined}"]))
        empty, then = self.random.choice(["yes", "no"]), self.random.choice(["yes", "no"])
        text = f"outcome:\n  is: '{atoms[0]}'\n  if_empty: '{empty}'\n  cite: act\n"
        if excepted is not None:
            text += f"  except: [{{id: e, if: '{excepted}', then: '{then}', {_SAID}}}]\n"
        return text

    # --- rich programs: every form of rule, lists in lists, references, unset parameters -----------------------------

    def rich_rules(self) -> str:
        """One rule of each kind, and an outcome over some of them."""
        text = "".join(self._rule(name, self.random.choice(ways)) for name, ways in RULES.items())
        return text + f"outcome:\n  is: '{self._mixed(2)}'\n  cite: act\n"

    def _rule(self, name: str, form: str) -> str:
        for placeholder, options in CHOICES.items():
            form = form.replace(placeholder, self.random.choice(options))
        title = "  title: {en: T, zh: T}\n" + ("  type: number\n" if name in NUMERIC else "")
        return f"{name}:\n{title}  {form}\n  cite: act\n"

    def _mixed(self, depth: int) -> str:
        pick = self.random.choice
        if depth == 0:
            number = pick(["ratio", "low", "best", "total", "x"])
            return pick([*CONDITIONS, f"{number} {pick(['<', '>', '=='])} {pick(['0', 'y'])}", pick(BOOLEANS)])
        one, other = self._mixed(depth - 1), self._mixed(depth - 1)
        return pick([f"({one} and {other})", f"({one} or {other})", f"not ({one})"])

    # --- records -----------------------------------------------------------------------------------------------------

    def record(self, *, known: float) -> Data:
        """A record of which about this share is known."""
        some = self.random.random
        made: Data = {name: some() < 0.5 for name in BOOLEANS if some() < known}
        made.update({name: self.random.choice([0, 1]) for name in NUMBERS if some() < known})
        if some() < known + 0.2:
            ids = [f"p{place}" for place in range(self.random.choice([0, 1, 1, 2]))]
            made["parts"] = [self._part(name, ids, known) for name in ids]
        return made

    def _part(self, name: str, ids: list[str], known: float) -> Data:
        some = self.random.random
        made: Data = {"id": name}
        made.update({"f": some() < 0.5} if some() < known else {})
        made.update({"n": self.random.choice([0, 1])} if some() < known else {})
        made.update({"twin": self.random.choice([*ids, "none"])} if some() < known else {})
        if some() < known:
            made["bits"] = [self._bit(known) for _ in range(self.random.choice([0, 1]))]
        return made

    def _bit(self, known: float) -> Data:
        some = self.random.random
        made: Data = {"g": some() < 0.5} if some() < known else {}
        return {**made, **({"v": self.random.choice([0, 1])} if some() < known else {})}


# --- completions ------------------------------------------------------------------------------------------------------


def completions(data: Data, *, most: int = 400, seed: int = 0) -> Iterator[Data]:
    """Every way to fill in what is unknown: yes/no, 0 or 1, lists of up to one entry; of very many, a random `most`."""
    shapes = list(_shapes(data))
    slots = [_slots(shape) for shape in shapes]
    sizes = [_size(found) for found in slots]
    if sum(sizes) <= most:
        for shape, found in zip(shapes, slots, strict=True):
            for values in itertools.product(*(options for _, options in found)):
                yield _with_values(shape, found, values)
        return
    chance = random.Random(seed)
    for _ in range(most):
        place = chance.choices(range(len(shapes)), weights=[min(size, 50) for size in sizes])[0]
        yield _with_values(shapes[place], slots[place], [chance.choice(options) for _, options in slots[place]])


def _size(slots: Slots) -> int:
    size = 1
    for _, options in slots:
        size *= len(options)
    return size


def _shapes(data: Data) -> Iterator[Data]:
    """The record with every list known, whatever its entries hold."""
    for parts in [data["parts"]] if "parts" in data else [[], [{"id": "p0"}]]:
        ways = [
            [{**part, "bits": bits} for bits in ([part["bits"]] if "bits" in part else [[], [{}]])] for part in parts
        ]
        for chosen in itertools.product(*ways):
            yield {**data, "parts": list(chosen)}


def _slots(data: Data) -> Slots:
    """What is unknown in a record whose lists are known, each with its possible values."""
    found: Slots = []
    found += [((name,), [True, False]) for name in BOOLEANS if name not in data]
    found += [((name,), [0, 1]) for name in NUMBERS if name not in data]
    ids = [part["id"] for part in data["parts"]]
    for place, part in enumerate(data["parts"]):
        options: dict[str, list[Any]] = {"f": [True, False], "n": [0, 1], "twin": [*ids, "none"]}
        found += [(("parts", place, name), values) for name, values in options.items() if name not in part]
        for number, bit in enumerate(part["bits"]):
            kinds: dict[str, list[Any]] = {"g": [True, False], "v": [0, 1]}
            found += [
                (("parts", place, "bits", number, name), values) for name, values in kinds.items() if name not in bit
            ]
    return found


def _with_values(shape: Data, slots: Slots, values: Any) -> Data:
    made: Data = copied(shape)
    for (steps, _), value in zip(slots, values, strict=True):
        here: Any = made
        for step in steps[:-1]:
            here = here[step]
        here[steps[-1]] = value
    return made


def options_at(path: str) -> list[Any]:
    """The values that the unknown fact or list at a path is tried with."""
    name = str(steps_of(path)[-1])
    if name == "parts":
        known = {"id": "p0", "twin": "none", "bits": []}
        return [[], *([{**known, "f": f, "n": n}] for f in (True, False) for n in (0, 1))]
    return [0, 1] if name in ("x", "y", "n", "v") else [True, False]


def with_facts(data: Data, values: dict[str, Any]) -> Data:
    """The record with these facts filled in, by path."""
    made: Data = copied(data)
    for path, value in values.items():
        *steps, last = steps_of(path)
        here: Any = made
        for step in steps:
            here = here[step]
        here[last] = value
    return made


def copied(data: Any) -> Any:
    """The data with no part shared."""
    if isinstance(data, dict):
        return {key: copied(value) for key, value in data.items()}
    return [copied(item) for item in data] if isinstance(data, list) else data


def steps_of(path: str) -> list[str | int]:
    """`$.parts[0].n` as steps."""
    steps = path.removeprefix("$.").replace("[", ".").replace("]", "").split(".")
    return [int(step) if step.isdigit() else step for step in steps]


def fact_at(data: Data, path: str) -> Any:
    """The fact at a path such as `$.parts[1].n`, or the list itself."""
    here: Any = data
    for step in steps_of(path):
        here = here[step]
    return here


def with_only(data: Data, filled: Data, paths: tuple[str, ...]) -> Data:
    """The record with only the facts at `paths` filled in."""
    return with_facts(data, {path: fact_at(filled, path) for path in paths})
