"""The status room: one Snapshot of everything, and the Statuspage-shaped files made of it."""
