"""A helpdesk in a box: a simulated company behind Zendesk's API, with an answer key."""

from auditlib.sandbox.answer_key import answers
from auditlib.sandbox.box import Box
from auditlib.sandbox.build import World, world
from auditlib.sandbox.server import serve

__all__ = ["Box", "World", "answers", "serve", "world"]
