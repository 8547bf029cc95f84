"""Tests that guard the repository itself: what no single change looks after."""
