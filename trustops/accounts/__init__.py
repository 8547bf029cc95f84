"""The accounts room: staff, their sessions and invitations, roles, and API tokens."""
