"""The thread of the project: everything that touches the project file or computes runs there, one after the other.

One thread of its own instead of `asyncio.to_thread`, because a SQLite connection belongs to the thread that opened it.
The picture stays alive meanwhile, and two intentions can never work on the project at once.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Projektfaden:
    """A single worker thread that is started with the first task."""

    def __init__(self) -> None:
        self._topf = ThreadPoolExecutor(max_workers=1, thread_name_prefix="projekt")
        self._stops: set[threading.Event] = set()
        self._offen = 0

    async def rufe(self, tun: Callable[[], T]) -> T:
        """Run a function in the project's thread and wait for its result; its errors arrive here."""
        self._offen += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._topf, tun)
        finally:
            self._offen -= 1

    def neuer_stop(self) -> threading.Event:
        """Make an event that stops long work; it is set as well when the program ends."""
        stop = threading.Event()
        self._stops.add(stop)
        return stop

    def vergiss(self, stop: threading.Event) -> None:
        """Forget the event of finished work."""
        self._stops.discard(stop)

    @property
    def ruht(self) -> bool:
        """Whether nobody waits for a result."""
        return self._offen == 0

    def beende(self, zuletzt: Callable[[], None] | None = None) -> None:
        """Stop long work, run a last task (close the project) and end the thread."""
        for stop in self._stops:
            stop.set()
        if zuletzt is not None:
            self._topf.submit(zuletzt)
        self._topf.shutdown(wait=True)
