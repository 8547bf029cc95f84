"""Tests of the exchanges room."""
