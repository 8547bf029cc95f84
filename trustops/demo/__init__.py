"""The demo room: people, tickets and arrivals that `make run` shows. Nothing in it is real."""
