"""Tests of the status room; `things` makes values that other rooms' tests use too."""
