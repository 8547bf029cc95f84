"""Every content file has a JSON Schema, with which editors check while somebody writes."""

from __future__ import annotations

import json
import tomllib
from datetime import date

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from tests.content.conftest import FILES
from trustops.content.json_schema import schemas
from trustops.content.kinds import Kind
from trustops.settings import PROJECT_ROOT


class Another(BaseModel):
    """The file of another room."""

    name: str


def test_every_kind_and_file_has_a_valid_schema() -> None:
    """Each says which dialect it is written in, and can be written as JSON."""
    found = schemas()
    assert set(found) == {*Kind, "site", "sla", "intake", "components"}
    for schema in found.values():
        Draft202012Validator.check_schema(schema)
        assert json.loads(json.dumps(schema)) == schema
        assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".md")])
def test_a_valid_file_fits_its_schema_and_an_unknown_field_does_not(name: str) -> None:
    """An editor says the same as the check."""
    front = yaml.safe_load(FILES[name].split("---")[1])
    as_json = json.loads(json.dumps(front, default=date.isoformat))
    validator = Draft202012Validator(schemas()[name.split("/", maxsplit=1)[0]])
    assert validator.is_valid(as_json)
    assert not validator.is_valid(as_json | {"unknown": 1})


@pytest.mark.parametrize("name", ["site", "sla", "intake", "components"])
def test_the_shipped_files_fit_their_schemas(name: str) -> None:
    """What ships is an example for whoever writes their own."""
    text = (PROJECT_ROOT / "content" / f"{name}.toml").read_text(encoding="utf-8")
    assert Draft202012Validator(schemas()[name]).is_valid(tomllib.loads(text))


def test_other_rooms_add_theirs_under_a_name_of_its_own() -> None:
    """Two files cannot share one schema's name."""
    assert schemas({"another": Another})["another"]["title"] == "Another"
    with pytest.raises(ValueError, match="faq"):
        schemas({"faq": Another})
