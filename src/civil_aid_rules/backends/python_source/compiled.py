"""The one place that runs generated source. Nothing that a pack says is in it but names of letters and quoted texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """Where a traceback finds the lines of generated source: the functions hold it, and nothing else does."""

    text: str

    def get_source(self, name: str) -> str:
        """The source; the name is that of the module, of which there is one."""
        return self.text


def run(text: str, file: str, called: dict[str, Any]) -> dict[str, Any]:
    """What the source defines, given what it calls. Tracebacks show its lines, under `file`: `<…> and more`.

    A name in angle brackets as a whole would not be looked up.
    """
    namespace = {"__builtins__": _BUILT_IN, "__name__": file, "__loader__": Text(text), **called}
    exec(compile(text, file, "exec"), namespace)
    return namespace


_BUILT_IN = {"abs": abs, "max": max, "min": min, "len": len, "type": type, "str": str, "enumerate": enumerate}
"""All that generated source can reach of Python's own."""
