"""Tests of the weekly heartbeat."""
