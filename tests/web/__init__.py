"""Tests of the web room, through the real application."""
