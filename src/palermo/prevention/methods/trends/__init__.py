"""What rises, what changed, and what is still to be reported."""

from palermo.prevention.methods.trends.changes import Stretch, stretches
from palermo.prevention.methods.trends.farrington import Week, farrington, holding, together
from palermo.prevention.methods.trends.nowcast import Nowcast, nowcast

__all__ = ["Nowcast", "Stretch", "Week", "farrington", "holding", "nowcast", "stretches", "together"]
