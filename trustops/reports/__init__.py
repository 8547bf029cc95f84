"""The reports room: figures that staff and the public read, computed from rows."""
