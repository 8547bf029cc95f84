"""The channels room: deliveries (the outbox) and one adapter for each network they reach."""
