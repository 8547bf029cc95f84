"""The posts room: the weekly heartbeat. One row for each schedule and ISO week, never two posts."""
