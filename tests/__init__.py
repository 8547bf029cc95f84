"""The tests; `docs/testing.md` says which kind is where."""
