"""The jobs: one table of what runs when, and the runner that gives each run its transaction."""
