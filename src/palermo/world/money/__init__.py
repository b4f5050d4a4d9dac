"""The world's money: ordinary life, and networks that collect, move and hide, with the truth of every unit."""

from palermo.world.money.make import make_money

__all__ = ["make_money"]
