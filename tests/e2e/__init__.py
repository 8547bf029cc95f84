"""Tests that need a browser or nginx; `make e2e` runs them."""
