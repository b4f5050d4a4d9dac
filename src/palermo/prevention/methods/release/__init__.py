"""Figures and records that expose nobody: differential privacy, a floor on all that is shown, a ledger of it."""

from palermo.prevention.methods.choices import FLOOR
from palermo.prevention.methods.release.budget import Ledger, Spending, epsilon_of, rho_for
from palermo.prevention.methods.release.publish import Release, publish
from palermo.prevention.methods.release.table import Table, declared, encode

__all__ = ["FLOOR", "Ledger", "Release", "Spending", "Table", "declared", "encode", "epsilon_of", "publish", "rho_for"]
