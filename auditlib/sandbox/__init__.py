"""A helpdesk in a box: a simulated company behind helpdesks' APIs, with an answer key."""

from auditlib.sandbox.answer_key import answers
from auditlib.sandbox.box import Box
from auditlib.sandbox.build import World, world
from auditlib.sandbox.flavour import flavours
from auditlib.sandbox.server import serve
from auditlib.sandbox.targets import targets

__all__ = ["Box", "World", "answers", "flavours", "serve", "targets", "world"]
