"""Tests of the jobs: the table, the runner, the ticker and each job's work."""
