"""One limit for a whole send, because the timeouts of libraries count each read on its own.

A receiver that drips a byte now and then would otherwise hold a worker for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")


class DeadlineError(Exception):
    """The act did not end in time. It may still be under way, so its outcome is unknown."""


class _Ending(Generic[T]):
    """Carries what an act returned or raised out of the thread that it ran in."""

    def __init__(self) -> None:
        self.come = Event()
        self.results: list[T] = []
        self.error: BaseException | None = None

    def __enter__(self) -> None:
        """Begin; `__exit__` tells that the act has ended."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Keep the error for the thread that waits, where it is raised."""
        self.error = error
        self.come.set()
        return True


def within(limit: timedelta, act: Callable[[], T]) -> T:
    """Do something and give its result, or stop waiting for it.

    The act runs in a thread of its own, which does not hold up the end of the process. Whatever
    it raises is raised here.

    Raises:
        DeadlineError: the limit passed first.
    """
    ending: _Ending[T] = _Ending()

    def run() -> None:
        with ending:
            ending.results.append(act())

    Thread(target=run, name="send", daemon=True).start()
    if not ending.come.wait(limit.total_seconds()):
        raise DeadlineError
    if ending.error is not None:
        raise ending.error
    return ending.results[0]
