"""The same person on the lists of several agencies, whatever the script, with the doubt of each link kept.

>>> from palermo.prevention.methods import linkage
>>> links = linkage.link(records)
>>> linkage.overlaps(links.records)
"""

from palermo.prevention.methods.linkage.clusters import cluster, pair_scores
from palermo.prevention.methods.linkage.hashed import ATTACKS, Keyed, hashed, key_id, link_hashed
from palermo.prevention.methods.linkage.link import Links, link
from palermo.prevention.methods.linkage.overlaps import Carried, carried, overlaps, readings
from palermo.prevention.methods.linkage.records import standardise
from palermo.prevention.methods.linkage.review import VERDICTS, decided, doubtful

__all__ = [
    "ATTACKS",
    "VERDICTS",
    "Carried",
    "Keyed",
    "Links",
    "carried",
    "cluster",
    "decided",
    "doubtful",
    "hashed",
    "key_id",
    "link",
    "link_hashed",
    "overlaps",
    "pair_scores",
    "readings",
    "standardise",
]
