"""`/api/v1/migration` and `/api/v1/exchanges`: the files of the release that is served."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.status.things import a_snapshot
from trustops.status.latest import LatestFiles
from trustops.status.statuspage import EXCHANGES, MIGRATION, files
from trustops.web.context import register

FILES = files(a_snapshot(), "https://desk.example.org")


@pytest.mark.parametrize(
    ("path", "file"), [("/api/v1/migration", MIGRATION), ("/api/v1/exchanges", EXCHANGES)]
)
def test_the_answer_is_the_file_of_the_release(
    app: Flask, client: FlaskClient, path: str, file: str
) -> None:
    """To the byte, for anybody, from any site, and cached for a while."""
    register(app, LatestFiles(dict(FILES).get))
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.data == FILES[file]
    assert answer.content_type == "application/json"
    assert answer.headers["Cache-Control"] == "public, max-age=30"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/api/v1/migration", "/api/v1/exchanges"])
def test_before_the_first_release_programs_are_told_when_to_come_back(
    client: FlaskClient, path: str
) -> None:
    """No figure is made up meanwhile."""
    answer = client.get(path)
    assert answer.status_code == 503
    assert answer.content_type == "application/problem+json"
    assert answer.headers["Retry-After"] == "60"
    told = json.loads(answer.data)
    assert (told["type"], told["status"]) == ("/problems/not-built-yet", 503)


def test_both_are_described_with_every_field(client: FlaskClient) -> None:
    """From the models that write the files, so the description cannot differ."""
    described = client.get("/api/v1/openapi.json").get_json()
    for path, model in (("migration", "MigrationOut"), ("exchanges", "ExchangesOut")):
        answers = described["paths"][f"/api/v1/{path}"]["get"]["responses"]
        assert answers["200"]["content"]["application/json"]["schema"]["$ref"].endswith(model)
        fields = described["components"]["schemas"][model]["properties"]
        assert set(fields) == set(json.loads(FILES[f"/api/v2/{path}.json"]))
