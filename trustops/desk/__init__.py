"""The desk room: the pages on which staff work. It composes rooms and keeps no table."""
