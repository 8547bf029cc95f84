"""Tests of the official room: the signed manifest, and the checker that reads it."""
