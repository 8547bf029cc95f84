"""The site room: the public pages."""
