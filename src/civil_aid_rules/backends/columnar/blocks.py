"""A batch through a kernel, block by block: as many records at once as the processor's cache holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civil_aid_rules.backends.columnar.kernel import Kernel
from civil_aid_rules.facts.columns import Columns

BLOCK = 16384
"""Records of a block."""


@dataclass(slots=True)
class Scratch:
    """Arrays that are written over again and again, by kind and level."""

    is_wide: bool
    held: dict[tuple[str, str], list[NDArray[Any]]] = field(default_factory=dict)

    def __call__(self, kind: str, level: str, count: int, size: int) -> list[NDArray[Any]]:
        """So many arrays of a size."""
        held = self.held.setdefault((kind, level), [])
        if len(held) < count or (held and len(held[0]) < size):
            dtype: Any = np.bool_ if kind == "yes_no" else object if self.is_wide else np.int64
            room = max(size + size // 8, len(held[0]) if held else 0)
            held[:] = [np.empty(room, dtype) for _ in range(max(count, len(held)))]
        return [array[:size] for array in held[:count]]


def blocks(
    kernel: Kernel, columns: Columns, scratch: Scratch, size: int = BLOCK
) -> Iterator[tuple[int, int, tuple[Any, ...]]]:
    """First and last record of each block with what the kernel gives; arrays that hold until the next one."""
    with np.errstate(all="ignore"):
        for first in range(0, columns.size, size):
            last = min(first + size, columns.size)
            yield first, last, kernel.run(columns, columns.facts, first, last, scratch)
