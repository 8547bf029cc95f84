"""The content room: files under `content/`, validated into values that pages and rules use."""

from trustops.content.load import load
from trustops.content.values import Chain, Content, ContentError, Problem, Topic

__all__ = ["Chain", "Content", "ContentError", "Problem", "Topic", "load"]
