"""The net room: what requests to machines of others keep to, whoever sends them.

One limit for the whole of it, an answer of bounded length, no proxy and no redirect, and a pause as
long as the other side asks for. Webhooks, Mastodon and nodes of chains are asked through its
session; mail and Apprise bring their own, and have its deadline.
"""

from trustops.net.deadline import DeadlineError, within
from trustops.net.http import TooLongError, plain_session, retry_after_of

__all__ = ["DeadlineError", "TooLongError", "plain_session", "retry_after_of", "within"]
