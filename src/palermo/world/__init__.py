"""A simulated region with known truth: people, networks, events, answers, and agencies' lists. Pure, no Django."""

from palermo.world.answers import CODES
from palermo.world.histories import capture_histories
from palermo.world.make import make_world
from palermo.world.world import World
from palermo.world.write import answers_in_words, check_place, write_world

__all__ = ["CODES", "World", "answers_in_words", "capture_histories", "check_place", "make_world", "write_world"]
