"""Tests of the samples in `deploy/`."""
