"""What must hold of any record in columns: ids of its lists, open items. `records.structure` says it of one record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from civil_aid_rules.facts.columns.convert import fields_of, is_text, plain
from civil_aid_rules.quantities.fields import RestsOn
from civil_aid_rules.records.fields import NONE_TEXT, shape_of

Mask = NDArray[np.bool_]


def bad_ids(ids: pa.Array, offsets: NDArray[Any], info: FieldInfo) -> Mask:
    """Where an entry's id is missing, reserved, of a length that its field refuses, or that of an entry before it.

    `ids` are the texts of all entries, list after list; `offsets` say where each list begins.
    """
    wrong: Mask = ids.is_null().to_numpy(zero_copy_only=False)
    wrong |= _holds(pc.equal(ids, NONE_TEXT))
    lengths = pc.binary_length(ids)
    bounds = pc.min_max(lengths)
    least = max((item.min_length for item in info.metadata if hasattr(item, "min_length")), default=0)
    most = min((item.max_length for item in info.metadata if hasattr(item, "max_length")), default=None)
    if bounds["min"].is_valid and bounds["min"].as_py() <= 4 * (least - 1):  # a character is up to four bytes
        wrong |= _holds(pc.less(pc.utf8_length(ids), least))
    if most is not None and bounds["max"].is_valid and bounds["max"].as_py() > most:
        wrong |= _holds(pc.greater(pc.utf8_length(ids), most))
    wrong[_repeated(ids, offsets)] = True
    return wrong


def _repeated(ids: pa.Array, offsets: NDArray[Any]) -> NDArray[np.intp]:
    """The entries that have the id of an entry before them in their list.

    Each entry is compared with the next, the one after, and so on, for lists are short: by how the ids end, and where
    that is the same, in full.
    """
    lengths = np.diff(offsets)
    longest = int(lengths.max()) if len(lengths) else 0
    rows = np.arange(len(ids), dtype=np.int32)
    size, left = (np.repeat(each.astype(np.int32), lengths) for each in (lengths, offsets[1:]))
    left -= rows + 1
    ends = _ends(ids)
    found = [np.zeros(0, np.intp)]
    for step in range(1, longest):
        is_long = size > step
        if 8 * int(np.count_nonzero(is_long)) < len(rows):
            rows, size, left, ends = (each[is_long] for each in (rows, size, left, ends))
        alike = np.flatnonzero((ends[step:] == ends[:-step]) & (left[:-step] >= step))
        if len(alike):
            later, earlier = rows[alike + step], rows[alike]
            same = _holds(pc.equal(ids.take(pa.array(later)), ids.take(pa.array(earlier))))
            found.append(later[same].astype(np.intp))
    return np.concatenate(found)


def _ends(texts: pa.Array) -> NDArray[np.int32]:
    """The length of each text and its last two bytes, as a number: other for other texts, as a rule."""
    _, offsets, content = texts.buffers()
    if content is None or not content.size:
        return np.zeros(len(texts), np.int32)
    kind: Any = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    at = np.frombuffer(offsets, kind)[texts.offset : texts.offset + len(texts) + 1]
    last = np.maximum(at[1:] - 1, 0)
    before = np.maximum(last - 1, at[:-1].clip(max=last))
    data = np.frombuffer(content, np.uint8)
    found: NDArray[np.int32] = (at[1:] - at[:-1]).astype(np.int32) << 16
    found |= data.take(last).astype(np.int32) << 8
    found |= data.take(before)
    return found


def open_items_without_note(
    columns: Mapping[str, pa.Array], model: type[BaseModel], within: tuple[pa.Array, ...] = ()
) -> Iterator[Mask]:
    """Where an open item of the law stands without the rule that it rests on; groups are looked into.

    `within` are the groups that these columns stand in.
    """
    for field in shape_of(model):
        column = columns.get(field.name)
        if column is None:
            continue
        if field.rests_on is not None:
            wrong = _says(column, field.rests_on)
            if wrong is not None:
                wrong &= ~_is_noted(columns.get(field.rests_on.note), len(column))
                for group in within:
                    wrong &= _is_there(group)
                yield wrong
        if field.inner is not None and field.entry is None and pa.types.is_struct(column.type):
            yield from open_items_without_note(fields_of(column), field.inner, (*within, column))


def _is_there(group: pa.Array) -> Mask:
    """Where a group is there and does not say that it is none."""
    found: Mask = group.is_valid().to_numpy(zero_copy_only=False)
    none = fields_of(group).get("none")
    is_none = none is not None and pa.types.is_boolean(none.type)
    return found & ~_holds(none) if is_none else found


def _says(column: pa.Array, open_item: RestsOn) -> Mask | None:
    """Where a column says that the item is open; None: nowhere."""
    kind = column.type
    if pa.types.is_boolean(kind):
        found = column if open_item.when is True else None
    elif pa.types.is_dictionary(kind) and is_text(kind):
        if not pc.any(pc.equal(column.dictionary, _text(open_item))).as_py():
            return None
        found = pc.equal(plain(column), _text(open_item))
    else:
        found = pc.equal(plain(column), _text(open_item)) if is_text(kind) else None
    return _holds(found) if found is not None and pc.any(found).as_py() else None


def _text(open_item: RestsOn) -> str:
    return open_item.when if isinstance(open_item.when, str) else str(open_item.when).lower()


def _is_noted(note: pa.Array | None, size: int) -> Mask:
    if note is None or not is_text(note.type):
        return np.zeros(size, np.bool_)
    return _holds(pc.greater(pc.binary_length(plain(note)), 0))


def _holds(found: pa.Array) -> Mask:
    mask: Mask = pc.fill_null(found, False).to_numpy(zero_copy_only=False)
    return mask
