"""The web room: HTTP plumbing for every page and API. It knows no ticket and no person."""
