"""What the channels room promises."""
