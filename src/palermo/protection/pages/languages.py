"""Languages to choose from: those that are met most often first, then all that have a code of two letters."""

from functools import cache

from palermo.vocabulary.places import languages

#: ISO 639-3; a choice of ours by what reception facilities of the region report, the rest follows by name.
_FIRST = (
    "ara",
    "ben",
    "ckb",
    "ell",
    "eng",
    "fas",
    "fra",
    "kmr",
    "prs",
    "pus",
    "ron",
    "rus",
    "som",
    "tir",
    "tur",
    "ukr",
    "urd",
)
_REST = (
    "amh", "bam", "bin", "bul", "ces", "deu", "edo", "ful", "hau", "hbs", "heb", "hin", "hun", "hye", "ibo", "ita",
    "kat", "kaz", "kir", "lin", "mkd", "mya", "nep", "orm", "pan", "pol", "por", "rmy", "slk", "spa", "sqi", "srp",
    "swa", "tam", "tgk", "tgl", "tha", "tuk", "uig", "uzb", "vie", "wol", "yor", "zho",
)  # fmt: skip


@cache
def _named(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    names = languages()
    return sorted(((code, names[code]) for code in codes if code in names), key=lambda pair: pair[1])


def language_choices() -> list[tuple[str, str]]:
    """Pairs of ISO 639-3 code and English name, an empty one first."""
    return [("", "—"), *_named(_FIRST), *_named(_REST)]
