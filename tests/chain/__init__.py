"""The chain room, on a chain in the process and on misbehaving nodes."""
