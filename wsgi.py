"""What a WSGI server loads: `wsgi:app`, set up by the settings in the environment."""

from trustops.app import create_app

app = create_app()
