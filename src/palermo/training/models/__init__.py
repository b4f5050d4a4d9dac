"""Records of training. They exist in the simulated space only."""

from palermo.training.models.demonstration import Demonstration, SimulatedPerson

__all__ = ["Demonstration", "SimulatedPerson"]
