"""Chunks determined one after the other, or by several processes at once; what comes of them keeps their order.

Each process prepares the rules once. It starts anew, without what the parent holds, so that threads of the parent's
libraries cannot be caught half-way: a script that asks for several workers needs `if __name__ == "__main__":`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from civil_aid_rules.caseload.population.caseload_outcome import Outcome
from civil_aid_rules.caseload.population.population_chunk import Cells, Chunk, Lines, RowGroups, StreamBatches
from civil_aid_rules.errors import Both, CaseloadError, CivilAidError, problem

Determine = Callable[[Chunk], Iterator[Outcome]]
Prepare = Callable[[], Determine]
"""Makes the rules ready; it is sent to each process."""

WORTH_PROCESSES = {RowGroups: 8, StreamBatches: 4, Lines: 2, Cells: 2}
"""With fewer chunks no process is started: to import the libraries and compile the rules takes each about as long."""

_AHEAD = 2
"""So many chunks for each worker are under way before the first of them must be finished."""


def determined(prepare: Prepare, chunks: Iterator[tuple[int, Chunk]], workers: int) -> Iterator[Outcome | int]:
    """The outcomes of each chunk, then the place that is reached with it. A few chunks are done right here."""
    first = list(islice(chunks, 1))
    least = WORTH_PROCESSES[type(first[0][1])] if first and workers > 1 else 1
    first += islice(chunks, least - 1)
    if workers > 1 and first and len(first) == least:
        yield from _by_processes(prepare, chain(first, chunks), workers)
        return
    determine = prepare() if first else None
    for place, chunk in chain(first, chunks):
        assert determine is not None
        yield from determine(chunk)
        yield place


@dataclass(slots=True)
class _Worker:
    """A process, the parent's end of its pipe, and the chunk that it works at."""

    process: BaseProcess
    pipe: Connection
    chunk: int | None = None


@dataclass(slots=True)
class _Order:
    """What has come of each chunk so far; handed on in the order of the chunks."""

    head: int = 0
    places: dict[int, int] = field(default_factory=dict)
    held: dict[int, deque[Outcome | int]] = field(default_factory=dict)

    def add(self, chunk: int, item: Outcome | None) -> None:
        """An outcome, or None when the chunk is done."""
        self.held.setdefault(chunk, deque()).append(self.places[chunk] if item is None else item)

    def ready(self) -> Iterator[Outcome | int]:
        """What can be handed on now."""
        while found := self.held.get(self.head):
            item = found.popleft()
            if isinstance(item, int):
                del self.held[self.head], self.places[self.head]
                self.head += 1
            yield item


def _by_processes(prepare: Prepare, chunks: Iterator[tuple[int, Chunk]], most: int) -> Iterator[Outcome | int]:
    order, workers, started = _Order(), list[_Worker](), 0
    left = True
    try:
        while True:
            while left and started < order.head + _AHEAD * most:
                worker = _idle(workers, most, prepare)
                if worker is None:
                    break
                place, chunk = next(chunks, (0, None))
                if chunk is None:
                    left = False
                    break
                order.places[started] = place
                worker.chunk = started
                _give(worker, chunk)
                started += 1
            busy = [worker for worker in workers if worker.chunk is not None]
            if not busy:
                return
            for pipe in wait([worker.pipe for worker in busy]):
                _receive(next(worker for worker in busy if worker.pipe is pipe), order)
            yield from order.ready()
    finally:
        _end(workers)


def _idle(workers: list[_Worker], most: int, prepare: Prepare) -> _Worker | None:
    """A worker that has nothing to do; a new one while there are fewer than wanted."""
    found = next((worker for worker in workers if worker.chunk is None), None)
    if found is None and len(workers) < most:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, prepare), daemon=True)
        process.start()
        theirs.close()
        found = _Worker(process, ours)
        workers.append(found)
    return found


def _give(worker: _Worker, chunk: Chunk) -> None:
    """Send a chunk to a worker; one that has ended in the meantime may have left word why."""
    try:
        worker.pipe.send(chunk)
    except ConnectionError:
        _refuse(_last_word(worker))
        raise _ended(worker) from None


def _last_word(worker: _Worker) -> object:
    try:
        return worker.pipe.recv()
    except (EOFError, ConnectionError):
        return None


def _receive(worker: _Worker, order: _Order) -> None:
    assert worker.chunk is not None
    try:
        item = worker.pipe.recv()
    except (EOFError, ConnectionError):
        raise _ended(worker) from None
    _refuse(item)
    order.add(worker.chunk, item)
    if item is None:
        worker.chunk = None


def _refuse(item: object) -> None:
    """What a worker could not do is the fault of the whole run."""
    if isinstance(item, CivilAidError):
        raise item


def _ended(worker: _Worker) -> CaseloadError:
    """A worker has ended before its time."""
    worker.process.join()
    expected = Both("a process that goes on to the end", "能运行到结束的进程")
    return CaseloadError([problem("caseload-worker", "workers", found=str(worker.process.exitcode), expected=expected)])


def _end(workers: list[_Worker]) -> None:
    for worker in workers:
        worker.pipe.close()  # a worker that waits for a chunk sees the end
    for worker in workers:
        if worker.chunk is not None:
            worker.process.terminate()
        worker.process.join()


def _work(pipe: Connection, prepare: Prepare) -> None:
    """What a process does: prepare once, then chunk after chunk, until the pipe is closed."""
    try:
        determine = prepare()
        while True:
            chunk = pipe.recv()
            for outcome in determine(chunk):
                pipe.send(outcome)
            pipe.send(None)
    except (EOFError, ConnectionError, KeyboardInterrupt):
        return
    except CivilAidError as error:
        pipe.send(error)
