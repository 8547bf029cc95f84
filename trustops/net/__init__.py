"""The net room: what every request to a machine of somebody else keeps to, whoever sends it.

One limit for the whole of it, an answer of bounded length, no proxy and no redirect, and a pause as
long as the other side asks for. Channels, chain and doctor send through it.
"""

from trustops.net.deadline import DeadlineError, within
from trustops.net.http import TooLongError, plain_session, retry_after_of

__all__ = ["DeadlineError", "TooLongError", "plain_session", "retry_after_of", "within"]
