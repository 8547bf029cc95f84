"""Writes the next migration from what the models say: `make migration M="what it does"`.

A tool of developers, so it is no command of `trustops`. What it wrote has to be read.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from trustops.db.migrate import configuration, head, upgrade

TABLES = ("jobs.models", "trustops.app")
"""What to import so that every table is known: that of runs, and all rooms."""


def write(words: str) -> Path:
    """Compare the models with a database of the newest step, and write the step after it.

    Args:
        words: what it does, in a few words; they become its name and its docstring.

    Returns:
        The file that was written.

    Raises:
        ValueError: the words are empty.
    """
    from alembic import command

    if not words.strip():
        raise ValueError('Say what it does: make migration M="what it does"')
    for module in TABLES:
        import_module(module)
    with TemporaryDirectory(prefix="trustops-migration-") as folder:
        url = f"sqlite:///{Path(folder) / 'scratch.sqlite3'}"
        upgrade(url)
        made = command.revision(
            configuration(url), words.strip(), autogenerate=True, rev_id=f"{int(head()) + 1:04}"
        )
    if made is None or isinstance(made, list):
        raise RuntimeError("Alembic wrote no single step")
    return Path(made.path)


if __name__ == "__main__":
    print(f"Read it, then try it up and down: {write(' '.join(sys.argv[1:]))}")
