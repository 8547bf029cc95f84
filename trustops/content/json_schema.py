"""The shape of every content file as JSON Schema, so that editors check while one writes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from trustops.content.kinds import MODELS
from trustops.content.schema import ComponentsFile, IntakeFile, SiteFile, SlaFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_FILES: Mapping[str, type[BaseModel]] = {
    "site": SiteFile,
    "sla": SlaFile,
    "intake": IntakeFile,
    "components": ComponentsFile,
}

_NONE: Mapping[str, type[BaseModel]] = MappingProxyType({})


def schemas(extra: Mapping[str, type[BaseModel]] = _NONE) -> dict[str, dict[str, Any]]:
    """A schema for the front matter of each kind, and for each TOML file of this room.

    Args:
        extra: the models of files that other rooms read, by the name of the schema.

    Raises:
        ValueError: two files would have one name.
    """
    own: dict[str, type[BaseModel]] = {str(kind): model for kind, model in MODELS.items()}
    own |= _FILES
    twice = own.keys() & extra.keys()
    if twice:
        raise ValueError(f"there is a schema of this name already: {', '.join(sorted(twice))}")
    return {
        name: {"$schema": DIALECT, **model.model_json_schema()}
        for name, model in sorted((own | dict(extra)).items())
    }
