"""The access rule of a route, stated beside its view.

A view without a rule answers 500 and fails a house test. Rules:

- `public`: anybody.
- `requester`: whoever holds the private link in the path; the view resolves it and answers 404
  for every other one.
- `staff(permission)`: a signed-in person whose role includes the permission.
- `token(scope)`: an API token with the scope.
- `public_or_token(scope)`: anybody; a token, if one is sent, has to be valid and have the scope.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar, cast

V = TypeVar("V", bound=Callable[..., Any])

_ATTRIBUTE = "__access__"


class Kind(StrEnum):
    """Who a rule speaks of."""

    PUBLIC = "public"
    REQUESTER = "requester"
    STAFF = "staff"
    TOKEN = "token"
    PUBLIC_OR_TOKEN = "public_or_token"


@dataclass(frozen=True, slots=True)
class AccessRule:
    """Who may use a route. `need` is a permission or a scope; `background` marks polling.

    A background request does not keep a session alive: a page left open is no activity.
    """

    kind: Kind
    need: str = ""
    background: bool = False


def _stamp(rule: AccessRule) -> Callable[[V], V]:
    def mark(view: V) -> V:
        setattr(view, _ATTRIBUTE, rule)
        return view

    return mark


def public(view: V) -> V:
    """Open to anybody."""
    return _stamp(AccessRule(Kind.PUBLIC))(view)


def requester(view: V) -> V:
    """Open to the holder of a private link, which the view itself resolves."""
    return _stamp(AccessRule(Kind.REQUESTER))(view)


def staff(permission: str, *, background: bool = False) -> Callable[[V], V]:
    """Open to signed-in staff whose role includes the permission."""
    return _stamp(AccessRule(Kind.STAFF, permission, background))


def token(scope: str) -> Callable[[V], V]:
    """Open to API tokens that have the scope."""
    return _stamp(AccessRule(Kind.TOKEN, scope))


def public_or_token(scope: str) -> Callable[[V], V]:
    """Open to anybody; a token that is sent has to be valid and have the scope."""
    return _stamp(AccessRule(Kind.PUBLIC_OR_TOKEN, scope))


def rule_of(view: Callable[..., Any] | None) -> AccessRule | None:
    """The rule of a view, or None where somebody forgot it."""
    return cast("AccessRule | None", getattr(view, _ATTRIBUTE, None))
