"""The guard as a specification: what it finds, what it leaves alone, what it never tells."""
