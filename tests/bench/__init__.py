"""Measurements as ratios: `python -m tests.bench NAME --size N --db sqlite|postgresql --json`."""
