"""The check of who answers for the site: pages of an example must not pass for a desk."""

from __future__ import annotations

from trustops.channels.networks import CONSOLE
from trustops.channels.targets import heartbeat_targets
from trustops.cli.health.finding import Finding, fail, ok, warn
from trustops.content.operator import DEMO_OPERATOR, Operator
from trustops.content.responsible import operator_in
from trustops.content.versions import SITE
from trustops.settings import Settings

NAME = "operator"

NEXT = (
    "Copy the content folder to a place of your own, name yourselves under [operator] in its "
    f"{SITE} (name, relation, contact), and set TRUSTOPS_CONTENT_DIR to it (docs/content.md)."
)
NEXT_IN_PLACE = f"Name yourselves under [operator] in {{folder}}/{SITE} (docs/content.md)."
NEXT_OF_DEMO = (
    f"{DEMO_OPERATOR} answers for a demo alone. Set TRUSTOPS_CONTENT_DIR to a content folder of "
    "your own that names you under [operator] (docs/content.md)."
)
BROKEN = f"{SITE} cannot be used, so nobody can tell who answers for this site."
UNNAMED = (
    "Nobody has taken responsibility for this site yet: its pages say so, official addresses are "
    "withheld"
)


def operator(settings: Settings) -> Finding:
    """A site for which nobody answers is an example, whatever its pages say."""
    named = operator_in(settings.content_dir)
    if named is None:
        return fail(NAME, BROKEN, "`trustops content check` names the line.")
    if not named.is_named(demo=settings.demo):
        posts = any(item.channel != CONSOLE.channel for item in heartbeat_targets(settings))
        last = ", and heartbeats stay in the log although networks are set." if posts else "."
        return fail(NAME, f"{UNNAMED}{last}", _next(settings, named))
    if named.missing:
        return warn(
            NAME,
            f"{named.name} answers for this site, without {' and '.join(named.missing)}.",
            f"Add it under [operator] in {settings.content_dir / SITE}.",
        )
    return ok(NAME, f"{named.name} answers for this site.")


def _next(settings: Settings, named: Operator) -> str:
    """What to do: in a folder of their own the operator only has to write a name."""
    if named.is_named(demo=True):
        return NEXT_OF_DEMO
    if "CONTENT_DIR" in settings.read_from:
        return NEXT_IN_PLACE.format(folder=settings.content_dir)
    return NEXT
