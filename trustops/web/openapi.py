"""The application class, and OpenAPI 3.1 written from the code of the API slices.

flask-openapi3 reads the pydantic models in a view's signature, validates with them and describes
them. Its decorators carry no types; `documented` puts them back, so that views stay typed.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from types import TracebackType
from typing import Any, NoReturn, TypeVar, cast

from flask import Response, jsonify
from flask_openapi3 import Info, OpenAPI
from pydantic import BaseModel, Field, ValidationError

from trustops.logs import get_logger
from trustops.web.access import public
from trustops.web.errors import PROBLEM, invalid

V = TypeVar("V", bound=Callable[..., Any])

API_PREFIX = "/api/v1"
BEARER: list[dict[str, list[Any]]] = [{"bearer": []}]
"""What an operation that needs a token states as its `security`."""

_log = get_logger(__name__)


class ProblemField(BaseModel):
    """One field at fault."""

    field: str
    message: str


class Problem(BaseModel):
    """Why a request was refused (RFC 9457)."""

    type: str = Field(examples=["/problems/invalid-input"])
    title: str
    status: int
    detail: str
    errors: list[ProblemField] = Field(default_factory=list)
    changes: list[dict[str, Any]] = Field(default_factory=list)


class Application(OpenAPI):
    """Flask with the OpenAPI description; says nothing of a request when it logs a failure."""

    def __init__(self, import_name: str, *, version: str) -> None:
        """Take the version that the description names."""
        super().__init__(
            import_name,
            info=Info(title="TrustOps Desk", version=version),
            security_schemes={"bearer": {"type": "http", "scheme": "bearer"}},
            validation_error_model=Problem,
            validation_error_callback=_refuse,
            doc_ui=False,
            static_folder=None,
        )

    def log_exception(
        self,
        exc_info: (tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]),
    ) -> None:
        """Log a failure without the path, which Flask would write down."""
        _log.error("request failed", exc_info=exc_info)


def documented(decorator: Callable[..., Any]) -> Callable[[V], V]:
    """Give a flask-openapi3 route decorator its type: it returns a view like the one it got.

    Use: `@documented(blueprint.get("/tickets", summary="...", responses={...}))`, above the
    access rule. Headers, path, query and body come as keyword arguments named `header`, `path`,
    `query` and `body`, each a pydantic model. Do not use `form` models: the library reads JSON
    out of form values, which the guard does not look into.
    """

    def mark(view: V) -> V:
        return cast("V", decorator(view))

    return mark


def describe(app: Application) -> dict[str, Any]:
    """The description: paths of the API alone, refusals as problem+json."""
    found: dict[str, Any] = copy.deepcopy(app.api_doc)
    found["paths"] = {
        path: item for path, item in found["paths"].items() if path.startswith(API_PREFIX)
    }
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    refusal = {"description": "The request was refused.", "content": {PROBLEM: schema}}
    for item in found["paths"].values():
        for operation in item.values():
            operation["responses"]["422"] = {
                "description": "What was sent cannot be used, or looks like a secret.",
                "content": {PROBLEM: schema},
            }
            operation["responses"].setdefault("default", refusal)
    return found


@public
def serve_description(app: Application) -> None:
    """Serve the description at `/api/v1/openapi.json`, made once, when it is first asked for."""
    described: dict[str, Any] = {}

    @public
    def openapi() -> Response:
        if not described:
            described.update(describe(app))
        response = jsonify(described)
        response.headers["Cache-Control"] = "no-cache"
        return response

    app.add_url_rule(f"{API_PREFIX}/openapi.json", "openapi", openapi)


def _refuse(error: ValidationError) -> NoReturn:
    raise invalid(error) from None
