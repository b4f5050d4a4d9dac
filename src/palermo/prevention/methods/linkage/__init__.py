"""The same person on the lists of several agencies, whatever the script, with the doubt of each link kept.

>>> from palermo.prevention.methods import linkage
>>> links = linkage.link(records)
>>> linkage.overlaps(links.records)
"""

from palermo.prevention.methods.linkage.clusters import cluster, pair_scores
from palermo.prevention.methods.linkage.hashed import hashed, link_hashed
from palermo.prevention.methods.linkage.link import Links, link
from palermo.prevention.methods.linkage.overlaps import Carried, carried, overlaps, readings
from palermo.prevention.methods.linkage.records import standardise

__all__ = [
    "Carried",
    "Links",
    "carried",
    "cluster",
    "hashed",
    "link",
    "link_hashed",
    "overlaps",
    "pair_scores",
    "readings",
    "standardise",
]
