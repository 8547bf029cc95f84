"""The alerts room: something needs a person. Opened once, delivered, acknowledged, resolved."""
