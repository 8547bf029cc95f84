"""What the alerts room promises."""
