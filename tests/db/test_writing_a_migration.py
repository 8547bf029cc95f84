"""The recipe of CONTRIBUTING for a migration, followed in a copy of the repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import files
from trustops.db import migrate
from trustops.settings import PROJECT_ROOT

UP_AND_DOWN = """
import sys
from trustops.db import migrate
from sqlalchemy import create_engine, text
url = sys.argv[1]
migrate.upgrade(url)
with create_engine(url).begin() as connection:
    connection.execute(text("SELECT parked_at FROM ticket WHERE status = 'parked'"))
migrate.downgrade(url, "-1")
migrate.upgrade(url)
print(migrate.head())
"""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """What a developer has before them, with a change to a model and to an enum."""
    place = tmp_path / "copy"
    wanted = [path for path in files() if path.parts[0] in {"trustops", "jobs", "requirements"}]
    for path in (*wanted, Path("Makefile"), Path("pyproject.toml")):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PROJECT_ROOT / path, place / path)
    rules, models = place / "trustops/tickets/rules.py", place / "trustops/tickets/models.py"
    put_in(rules, '    OPEN = "open"\n', '    PARKED = "parked"\n')
    put_in(
        models, "    due_at: Mapped[datetime | None]\n", "    parked_at: Mapped[datetime | None]\n"
    )
    return place


def put_in(path: Path, line: str, more: str) -> None:
    """Write a line after the first one that says so."""
    text = path.read_text(encoding="utf-8")
    assert line in text
    path.write_text(text.replace(line, line + more, 1), encoding="utf-8")


def run(place: Path, *command: str) -> str:
    """What a command says, run in the copy with its own code."""
    environment = {**os.environ, "PYTHONPATH": str(place), "MAKEFLAGS": ""}
    done = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def write(place: Path, words: str) -> str:
    """Type the recipe, in an environment that is set up already."""
    ready = f"{sys.prefix}/.installed"
    return run(place, "make", "-o", ready, f"VENV={sys.prefix}", "migration", f"M={words}")


@pytest.mark.processes
def test_the_recipe_writes_the_next_number_and_it_goes_up_and_down(
    copied: Path, tmp_path: Path
) -> None:
    """The column, and the word that the other column may hold; nobody has to know the number."""
    following = f"{int(migrate.head()) + 1:04}"
    assert f"{following}_park_tickets.py" in write(copied, "Park tickets")
    [made] = (copied / "trustops/db/migrations/versions").glob(f"{following}_*")
    text = made.read_text(encoding="utf-8")
    assert f"Revises: {migrate.head()}" in text
    assert "sa.Column('parked_at', Instant(), nullable=True)" in text
    assert text.index("hold('ticket', {'status': ('open', 'parked',") < text.index("def downgrade")
    url = f"sqlite:///{tmp_path / 'tried.sqlite3'}"
    assert run(copied, sys.executable, "-c", UP_AND_DOWN, url).strip() == following
    write(copied, "Another one")
    assert list((copied / "trustops/db/migrations/versions").glob(f"{int(following) + 1:04}_*"))


@pytest.mark.processes
def test_a_migration_without_words_is_not_written(copied: Path) -> None:
    """Its name would say nothing; what to type is said."""
    before = set((copied / "trustops/db/migrations/versions").glob("0*"))
    with pytest.raises(AssertionError, match="Say what it does"):
        write(copied, "")
    assert set((copied / "trustops/db/migrations/versions").glob("0*")) == before
