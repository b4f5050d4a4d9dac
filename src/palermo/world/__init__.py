"""A simulated region with known truth: people, networks, events, answers, and agencies' lists. Pure, no Django."""

from palermo.world.answers import CODES
from palermo.world.make import make_world
from palermo.world.world import World
from palermo.world.write import write_world

__all__ = ["CODES", "World", "make_world", "write_world"]
