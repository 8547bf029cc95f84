"""The tickets room: ticket, message and SLA clock rows; the queue; the requester's page."""
