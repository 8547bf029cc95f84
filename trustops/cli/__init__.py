"""The command line: `trustops`. Each module beside this one brings the commands of one subject.

Commands are imported when they are asked for, so that a small one starts quickly. A refusal
becomes a sentence on the error stream and exit code 1.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

import click
from sqlalchemy.exc import DatabaseError, IntegrityError, InterfaceError

from trustops.errors import TrustOpsError
from trustops.logs import first_line

PLACES: Mapping[str, str] = {
    "init": "trustops.cli.instance",
    "serve": "trustops.cli.serve",
    "worker": "trustops.cli.worker",
    "demo": "trustops.cli.demo",
    "job": "trustops.cli.job",
    "content": "trustops.cli.content",
    "site": "trustops.cli.site",
    "official": "trustops.cli.official",
    "chain": "trustops.cli.chain",
    "pack": "trustops.cli.pack",
    "heartbeat": "trustops.cli.heartbeat",
    "user": "trustops.cli.people",
    "token": "trustops.cli.people",
    "alert": "trustops.cli.alert",
    "backup": "trustops.cli.backup",
    "restore": "trustops.cli.backup",
    "doctor": "trustops.cli.doctor",
}
"""Where each command is; its name there is that of the command."""


class Commands(click.Group):
    """Finds commands by the table, and tells a refusal in words instead of a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of the table: the way from a new instance to its care."""
        del ctx
        return list(PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with a name, imported now."""
        del ctx
        place = PLACES.get(cmd_name)
        if place is None:
            return None
        found = getattr(_imported(place), cmd_name)
        return found if isinstance(found, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except TrustOpsError as error:
            raise click.ClickException(in_words(error)) from error
        except IntegrityError:
            raise  # a fault of ours: its place matters
        except (DatabaseError, InterfaceError) as error:
            sentence = (
                f"The database refused: {first_line(error)}. `trustops doctor` looks further."
            )
            raise click.ClickException(sentence) from error
        except OSError as error:
            if error.filename is None:
                raise
            sentence = f"{error.filename} cannot be used: {error.strerror}."
            raise click.ClickException(sentence) from error


def _imported(place: str) -> ModuleType:
    """A module, imported without a search for garbage: all that an import makes stays.

    To search through it again and again takes a tenth of the time to start.
    """
    gc.disable()
    try:
        return import_module(place)
    finally:
        gc.freeze()
        gc.enable()


def in_words(error: TrustOpsError) -> str:
    """A refusal as an operator reads it: its sentence, and each field that needs a correction."""
    if not error.errors:
        return error.message
    faults = [f"  {item.field} {item.message}" for item in error.errors]
    return "\n".join([f"{error.title}:", *faults])


@click.group(cls=Commands)
@click.version_option(package_name="trustops", prog_name="trustops")
def main() -> None:
    """Run and look after a TrustOps Desk.

    Settings stand in the environment (TRUSTOPS_...) and in instance/config.toml;
    docs/settings.md explains each of them, docs/operations.md each command.
    """
