"""The log: one line a request, nothing of what was sent, and no secret even by mistake."""

from __future__ import annotations

import io
import json
import logging
import warnings
from typing import Any

import pytest
from flask.testing import FlaskClient

from trustops import guard, logs
from trustops.logs import get_logger

PHRASE = "army van defense carry jealous true garbage claim echo media make crunch"


@pytest.fixture
def stream() -> io.StringIO:
    """What is logged, after the log was set up as the application does it."""
    made = io.StringIO()
    logs.configure("info", scrub=guard.redact, stream=made)
    return made


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """The lines as JSON."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def fail(message: str) -> None:
    """Fail somewhere in the code."""
    raise ValueError(message)


def test_a_request_is_one_line_that_names_the_route_and_not_the_path(
    client: FlaskClient, log: io.StringIO
) -> None:
    """A private link, a search and an address stay out of the log."""
    client.get("/probe/looked-up/my-private-token?q=my-words", headers={"Referer": "/my-page"})
    (line,) = lines(log)
    assert "my-" not in log.getvalue()
    assert "127.0.0.1" not in log.getvalue()
    assert (line["method"], line["endpoint"], line["status"]) == ("GET", "probe.looked_up", 200)
    assert line["duration_ms"] >= 0
    assert len(line["request_id"]) == 16
    assert line["at"].endswith("Z")


def test_a_method_that_somebody_made_up_is_not_repeated(
    client: FlaskClient, log: io.StringIO
) -> None:
    """It is a text of the sender like any other."""
    client.open("/probe/form", method="JEALOUS")
    assert lines(log)[0]["method"] == "other"


def test_a_request_of_nothing_names_no_route(client: FlaskClient, log: io.StringIO) -> None:
    """404 leads to no view."""
    client.get("/nothing")
    assert (lines(log)[0]["endpoint"], lines(log)[0]["status"]) == ("-", 404)


def test_a_secret_in_a_log_call_is_taken_out(stream: io.StringIO) -> None:
    """By rule there is none; this is the second lock. At any depth, in names and values."""
    get_logger("trustops.test").info(PHRASE, words=PHRASE, deep=[{"a": (PHRASE,), PHRASE: 1}])
    assert "jealous" not in stream.getvalue()
    assert len(lines(stream)) == 1


def test_what_libraries_log_passes_the_same_lock(stream: io.StringIO) -> None:
    """With arguments filled in, and from warnings on."""
    library = logging.getLogger("some.library")
    library.warning("could not send %s", PHRASE)
    library.info("chatter")
    assert "jealous" not in stream.getvalue()
    assert [line["logger"] for line in lines(stream)] == ["some.library"]


def test_warnings_pass_the_same_lock(stream: io.StringIO) -> None:
    """Python's own."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)  # an application before may have turned it on
        logging.captureWarnings(capture=True)
        warnings.warn(PHRASE, stacklevel=1)
        logging.captureWarnings(capture=False)
    assert "jealous" not in stream.getvalue()
    assert lines(stream)[0]["logger"] == "py.warnings"


def test_of_a_failure_the_first_line_and_the_places_are_logged(stream: io.StringIO) -> None:
    """What databases add below quotes values; local variables are never logged."""
    words = "my words"
    try:
        fail(f"not unique\nDETAIL: Key (email)=({words})")
    except ValueError as error:
        get_logger("trustops.test").error("failed", exc_info=error)
    (line,) = lines(stream)
    assert line["failure"] == "builtins.ValueError"
    assert line["because"] == "not unique"
    assert line["trace"][0].startswith("test_logs.py:")
    assert words not in stream.getvalue()


def test_of_a_failure_that_a_library_logs_no_more_is_logged(stream: io.StringIO) -> None:
    """`logger.exception` hands the failure on in another shape."""
    try:
        fail(f"{PHRASE}\nmy words")
    except ValueError:
        logging.getLogger("some.library").exception("failed")
    (line,) = lines(stream)
    assert line["failure"] == "builtins.ValueError"
    assert "jealous" not in stream.getvalue()
    assert "my words" not in stream.getvalue()


def test_a_value_that_is_no_plain_data_is_named_by_its_type(stream: io.StringIO) -> None:
    """The `repr` of an object may hold anything."""
    get_logger("trustops.test").info("done", row=FlaskClient, count=3, none=None, share=0.5)
    (line,) = lines(stream)
    assert (line["row"], line["count"], line["none"], line["share"]) == ("<type>", 3, None, 0.5)


def test_below_the_chosen_level_nothing_is_logged() -> None:
    """The level of the settings is that of our own modules."""
    stream = io.StringIO()
    logs.configure("warning", scrub=guard.redact, stream=stream)
    get_logger("trustops.test").info("quiet")
    get_logger("jobs.test").info("quiet")
    get_logger("trustops.test").warning("loud")
    assert [line["event"] for line in lines(stream)] == ["loud"]


def test_setting_the_log_up_again_does_not_write_twice(stream: io.StringIO) -> None:
    """The handler from before is replaced, and foreign ones stay."""
    foreign = logging.NullHandler()
    logging.getLogger().addHandler(foreign)
    again = io.StringIO()
    logs.configure("info", scrub=guard.redact, stream=again)
    get_logger("trustops.test").info("once")
    assert foreign in logging.getLogger().handlers
    logging.getLogger().removeHandler(foreign)
    assert (len(lines(stream)), len(lines(again))) == (0, 1)


def test_on_a_terminal_the_lines_are_for_people() -> None:
    """No JSON there."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    logs.configure("info", scrub=guard.redact, stream=terminal)
    get_logger("trustops.test").info("hello", count=3)
    assert "hello" in terminal.getvalue()
    assert not terminal.getvalue().startswith("{")
