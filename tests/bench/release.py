"""A release of the shipped content, as an instance has it that was just set up."""

from __future__ import annotations

from pathlib import Path

from jobs.runner import Result, run_job
from jobs.schedule import job_named
from tests.schema import make_schema
from tests.web_fixtures import settings_for
from trustops.app import create_app
from trustops.db import db
from trustops.site.release import PAGES, Releases


def a_release(instance: Path) -> Path:
    """Set an instance up in a folder and build its pages; gives the folder of the pages."""
    instance.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{instance / 'trustops.sqlite3'}"
    make_schema(url)
    app = create_app(settings_for(url, instance, LOG_LEVEL="error"))
    ran = run_job(app, job_named("site_release"))
    with app.app_context():
        db.engine.dispose()
    folder = Releases(instance).current()
    if ran.result is not Result.OK or folder is None:
        raise RuntimeError(f"the pages could not be built: {ran.error}")
    return folder / PAGES
