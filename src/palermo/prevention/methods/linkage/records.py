"""Records of people from several agencies, brought to one form that can be compared across scripts."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl

from palermo.vocabulary.errors import Refusal
from palermo.vocabulary.names import skeleton, tokens

#: What an agency may call a column, and what it is called here.
ALIASES = {
    "record": ("record", "id", "unique_id", "case", "case_id"),
    "source": ("source", "agency", "list"),
    "name": ("name", "full_name"),
    "given": ("given", "first_name", "given_name", "forename"),
    "family": ("family", "surname", "last_name", "family_name"),
    "birth_date": ("birth_date", "dob", "date_of_birth", "birth"),
    "sex": ("sex", "gender"),
    "citizenship": ("citizenship", "nationality", "country"),
    "place": ("place", "birth_place", "place_of_birth"),
    "address": ("address", "postcode", "postcode_fake"),
    "occupation": ("occupation", "profession", "job"),
    "met": ("met", "place_met", "seen_at", "tile"),
    "phone": ("phone", "telephone", "mobile", "phone_number"),
    "document": ("document", "document_number", "passport", "passport_number"),
}
PLAIN = ("sex", "citizenship", "place", "address", "occupation", "met", "phone", "document")
PHONE_TAIL = 9  # digits that are the same with and without the country's code
_DATE = re.compile(r"^(\d{4})(?:-(\d{1,2})-(\d{1,2}))?$")


def standardise(frame: pl.DataFrame, *, source: str) -> pl.DataFrame:
    """One agency's table with the columns renamed, all text, and a source; unknown columns are left behind.

    Raises:
        Refusal: there is no name, or a record stands twice.
    """
    renamed = {}
    titles = {title.lower().strip(): title for title in frame.columns}
    for ours, theirs in ALIASES.items():
        found = next((titles[title] for title in theirs if title in titles), None)
        if found is not None:
            renamed[found] = ours
    out = frame.select(list(renamed)).rename(renamed).with_columns(pl.all().cast(pl.String))
    if "name" not in out.columns:
        parts = [part for part in ("given", "family") if part in out.columns]
        if not parts:
            raise Refusal("There is no column of names.", where=source, remedy="Call it name, or given and family.")
        out = out.with_columns(name=pl.concat_str(parts, separator=" ", ignore_nulls=True))
    if "record" not in out.columns:
        out = out.with_columns(record=pl.format("{}-{}", pl.lit(source), pl.int_range(1, pl.len() + 1)))
    twice = out.filter(pl.col("record").is_duplicated())["record"]
    if twice.len():
        raise Refusal(f"The record {twice[0]!r} stands twice.", where=source, remedy="Give every record its own id.")
    if "source" not in out.columns:
        out = out.with_columns(source=pl.lit(source))
    missing = [pl.lit(None, dtype=pl.String).alias(c) for c in ("birth_date", *PLAIN) if c not in out.columns]
    return out.with_columns(missing).select("record", "source", "name", "birth_date", *PLAIN)


def prepare(records: pl.DataFrame) -> pl.DataFrame:
    """Add what is compared: tokens of the name in Latin letters, their sounds, parts of the birth date.

    Args:
        records: as `standardise` gives, of all agencies together.

    Returns:
        The same rows with words (list), name_key (sorted words), sounds (list), sound_key, first and last sound, the
        rarest word, the same of bones (coarser sounds), year, birth (a full date, None where the day is not known) and
        day; 1 January stands for unknown.
    """
    names = records["name"].fill_null("").to_list()
    words = {name: tuple(dict.fromkeys(tokens(name))) for name in set(names)}
    often = Counter(word for name in names for word in words[name])
    bare = {word: bones(word) for word in often}
    shared = Counter(bone for name in names for bone in {bare[word] for word in words[name]})
    parts = {name: _name_parts(held, often, bare, shared) for name, held in words.items()}
    rows = [parts[name] for name in names]
    dates = [_date_parts(date) for date in records["birth_date"].to_list()]
    district = pl.col("address").str.strip_chars().str.split(" ").list.get(0)
    text = [pl.col(c).str.strip_chars().str.to_lowercase().replace("", None) for c in PLAIN]
    phone = pl.col("phone").str.replace_all(r"\D", "").str.tail(PHONE_TAIL).replace("", None)
    document = pl.col("document").str.replace_all(r"[^\pL\pN]", "").replace("", None)
    return (
        records.with_columns(text)
        .with_columns(phone=phone, document=document)
        .hstack(pl.DataFrame(rows, schema=_NAME_SCHEMA, orient="row"))
        .hstack(pl.DataFrame(dates, schema={"year": pl.String, "birth": pl.String, "day": pl.String}, orient="row"))
        .with_columns(district=district)
    )


_NAME_SCHEMA: dict[str, pl.DataType] = {
    "words": pl.List(pl.String()),
    "name_key": pl.String(),
    "sounds": pl.List(pl.String()),
    "sound_key": pl.String(),
    "first_word": pl.String(),
    "last_word": pl.String(),
    "first_sound": pl.String(),
    "last_sound": pl.String(),
    "rarest": pl.String(),
    "bones": pl.List(pl.String()),
    "bone_key": pl.String(),
    "marrow_key": pl.String(),
    "first_bone": pl.String(),
    "last_bone": pl.String(),
    "rare_bone": pl.String(),
}
# Digraphs before letters, the longest first; s stands for every sibilant, since one is written for another; the
# throat's sounds (kh, gh, h, x, g) come and go between spellings, and so do v, w and the half-vowels.
_CLASSES = re.compile(
    "(?P<s>tsch|shch|sch|dzh|tch|sh|zh|jh|ch|ts|tz|dj|c(?=[eiy])|s|z|j)|(?P<h>kh|gh|h|x|g)|(?P<f>ph|f)"
    "|(?P<t>th|t)|(?P<d>dh|d)|(?P<k>ck|c|k|q)"
)
_SILENT = re.compile("[aeiouyhvw]+")


def bones(word: str) -> str:
    """What romanisations of one name have in common: coarser than `skeleton`, for comparing, not for finding by."""
    classed = _CLASSES.sub(lambda found: found.lastgroup or "", word)
    bare = _SILENT.sub("", classed)
    return re.sub(r"(.)\1+", r"\1", bare) or word


def _name_parts(
    words: Sequence[str], often: Counter[str], bare: Mapping[str, str], shared: Counter[str]
) -> tuple[object, ...]:
    if not words:
        return ([], None, [], None, None, None, None, None, None, [], None, None, None, None, None)
    left = sorted({bare[word] for word in words})
    sounds = sorted({skeleton(word) for word in words})
    first, last = words[0], words[-1]
    rarest = min(words, key=lambda word: (often[word], word))
    return (
        list(words),
        " ".join(sorted(words)),
        sounds,
        " ".join(sounds),
        first,
        last,
        skeleton(first),
        skeleton(last),
        rarest,
        left,
        " ".join(left),
        " ".join(sorted(bone.replace("k", "") for bone in left)),
        bare[first],
        bare[last],
        min(left, key=lambda bone: (shared[bone], bone)),
    )


def _date_parts(date: str | None) -> tuple[str | None, str | None, str | None]:
    found = _DATE.match((date or "").strip()[:10])
    if not found:
        return None, None, None
    year, month, day = found.groups()
    if month is None or (int(month), int(day)) == (1, 1):
        return year, None, None
    return year, f"{year}-{int(month):02}-{int(day):02}", f"{int(month):02}-{int(day):02}"
