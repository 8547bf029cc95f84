"""What other rooms ask of a process before it counts as ready; the composition root says what."""

from __future__ import annotations

from collections.abc import Callable


class Readiness:
    """Questions that each give a reason why this process cannot serve, or an empty text."""

    def __init__(self, *questions: Callable[[], str]) -> None:
        """Take the questions, the most important first."""
        self._questions = questions

    def reason(self) -> str:
        """The first reason against serving; empty where there is none."""
        return next((reason for ask in self._questions if (reason := ask())), "")
