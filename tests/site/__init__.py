"""Tests of the public pages: sources, releases, serving."""
