"""Every benchmark, one after the other, each with its table.

    python -m tests.bench [HOUSEHOLDS ...]

Starting and importing, loading and compiling, one determination by back end, a table in memory beside kernels that are
written by hand, a file of households with its peak memory (10,000 to 10,000,000 unless numbers are given). A machine
that does other work besides shows figures that are too high.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SIZES = ["10000", "100000", "1000000", "10000000"]


def main() -> int:
    """0 where every benchmark ran to its end."""
    sizes = sys.argv[1:] or SIZES
    runs = [
        [str(HERE / "bench_startup.py")],
        [str(HERE / "bench_interpreter.py")],
        ["-m", "tests.bench.bench_expressions"],
        ["-m", "tests.bench.bench_determination"],
        [str(HERE / "bench_columnar.py")],
        [str(HERE / "bench_caseload.py"), *sizes],
    ]
    for words in runs:
        print(f"\n== python {' '.join(Path(word).name for word in words)}\n", flush=True)
        if subprocess.run([sys.executable, *words], cwd=HERE.parents[1], check=False).returncode:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
