"""The one place that runs generated source. Nothing that a pack says is in it but names of letters and quoted texts."""

from __future__ import annotations

import linecache
from typing import Any


def run(text: str, file: str, called: dict[str, Any]) -> dict[str, Any]:
    """What the source defines, given what it calls. It is kept under the name `file`, so that tracebacks show it."""
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    namespace = {"__builtins__": _BUILT_IN, **called}
    exec(compile(text, file, "exec"), namespace)
    return namespace


_BUILT_IN = {"abs": abs, "max": max, "min": min, "len": len, "type": type, "str": str, "enumerate": enumerate}
"""All that generated source can reach of Python's own."""
