"""Networks that heartbeats go to, one module each, and what all of them keep."""
