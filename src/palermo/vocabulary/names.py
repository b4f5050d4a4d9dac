"""Names in any script as search keys, so that the same person is found however the name was written down.

A key is made for equality (a blind index can hold it), so nearness is built into the folding: transliteration to Latin
letters, letters that transliterations interchange brought together, vowels and doubled letters dropped, order of the
names ignored. Recall goes before precision: a hit asks an agency to make contact, it shows nothing.
"""

import itertools
import re
import unicodedata

from anyascii import anyascii

_GREEK = {"μπ": "b", "ντ": "d", "γκ": "g", "γγ": "ng", "ου": "u", "ευ": "ef", "αυ": "av", "χ": "h"}
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARABIC_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{2})")
_ARABIC_FIRST_VOWEL = re.compile(r"^[عاأإآٱ]")
# Articles, and words that stand in names but do not tell people apart.
_PARTICLES = frozenset(
    ("al", "el", "ul", "as", "ash", "bin", "ben", "ibn", "bint", "van", "von", "de", "da", "di", "mr", "mrs", "ms")
)
# "Servant of", which is written apart, together, and with the article's l turned into the next letter.
_SERVANT = {"abd", "abdul", "abdel", "abdal", "abdol", "abdur", "abdu"}
_SERVANT_JOINED = re.compile(r"^abd[aeou](?:l|([rsntdz])(?=\1))(?=\w{2})")
# Letters that transliterations write for one sound, the longest first; 4 stands for the sounds of ch, ts and tz.
_FOLDS = (
    ("shch", "s"),
    ("tsch", "4"),
    ("sch", "s"),
    ("dzh", "z"),
    ("tch", "4"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("zh", "z"),
    ("sh", "s"),
    ("ts", "4"),
    ("tz", "4"),
    ("ch", "4"),
    ("dj", "z"),
    ("x", "ks"),
    ("q", "k"),
    ("c", "k"),
    ("g", "h"),
    ("w", "v"),
    ("j", "z"),
)
_NO_VOWELS = str.maketrans("", "", "aeiouy")
_VOWEL_CLASS = {"a": "a", "e": "a", "i": "i", "y": "i", "o": "u", "u": "u"}


def transliterate(name: str) -> str:
    """The name in Latin letters, e.g. ``"Ольга Шевченко"`` → ``"Olga Shevchenko"``."""
    text = unicodedata.normalize("NFKC", name)
    for pair, latin in _GREEK.items():
        text = re.sub(pair, latin, text, flags=re.IGNORECASE)
    return " ".join(anyascii(_ARABIC_ARTICLE.sub("", text)).replace("'", "").replace("`", "").split())


def tokens(name: str) -> tuple[str, ...]:
    """The parts of a name that tell people apart, folded to lower-case Latin letters, in the order given."""
    words = [w for w in re.split(r"[^a-z]+", transliterate(_strip_marks(name)).casefold()) if w]
    kept = [w for w in words if w not in _PARTICLES] or words
    joined: list[str] = []
    for word in kept:
        if joined and joined[-1] == "abd":
            joined[-1] += word
        else:
            joined.append("abd" if word in _SERVANT else _SERVANT_JOINED.sub("abd", word))
    return tuple(joined)


def skeleton(token: str) -> str:
    """What is left of one name when spelling is taken away: ``mohammed``, ``muhamad``, ``mhmd`` → ``mhmd``.

    A short one keeps what vowel it begins with (``ion`` → ``in``, ``ana`` → ``an``), or too many people would meet.
    """
    folded = token.removesuffix("h") if len(token) > 2 else token
    for letters, sound in _FOLDS:
        folded = folded.replace(letters, sound)
    consonants = re.sub(r"(.)\1+", r"\1", folded.translate(_NO_VOWELS))
    if len(consonants) > 2:
        return consonants
    return (_VOWEL_CLASS.get(folded[:1], "") + consonants) or token


def search_keys(*names: str) -> tuple[str, ...]:
    """Every key under which a person with these names is kept and looked for: two people meet if they share one.

    Args:
        names: the parts of one name (given, family) or a whole name, in any order and script.

    Returns:
        Sorted keys without repeats: each pair of names, so that a missing or swapped part still meets; the one name
        where only one is given. Arabic script leaves vowels open, so that a name in it has a key for each reading.
        Empty if there is no letter in it.
    """
    keys: set[str] = set()
    for reading in _readings(" ".join(names)):
        parts = sorted({skeleton(token) for token in tokens(reading)})
        keys.update(parts if len(parts) < 2 else (f"{a} {b}" for a, b in itertools.combinations(parts, 2)))
    return tuple(sorted(keys))


def _readings(name: str) -> list[str]:
    # In Arabic script a first alif or ayn may be any vowel, and a waw inside a word is u as well as w.
    if not _ARABIC.search(name):
        return [name]
    words = _ARABIC_ARTICLE.sub("", _strip_marks(name)).split()
    options = [_word_readings(word) for word in words]
    return [" ".join(reading) for reading in itertools.islice(itertools.product(*options), 64)]


def _word_readings(word: str) -> list[str]:
    if word in {"عبد", "بن", "ابن", "بنت"}:
        return {"عبد": ["abd"]}.get(word, ["bin"])
    firsts = [_ARABIC_FIRST_VOWEL.sub(vowel, word) for vowel in "aiu"]
    return list(dict.fromkeys(form for first in firsts for form in (first, first[:1] + first[1:].replace("و", "u"))))


def _strip_marks(name: str) -> str:
    # Latin and Greek accents and Arabic vowel signs go; the breve of Cyrillic й stays, since it is a letter of its own.
    decomposed = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c == "\u0306" or not unicodedata.combining(c)))
