"""Tests of the settings: what is refused, and with which way out."""
