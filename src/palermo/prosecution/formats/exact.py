"""Text to whole minor units and to times, exactly, column by column; the first cell that will not do is named."""

import numpy as np
import polars as pl

from palermo.prosecution.methods.minor_units import exponent, whole_digits
from palermo.vocabulary.errors import Refusal

_DAY = 86_400_000_000
_STEP_LIMIT = 1_000_000
_FLOAT_LIMIT = 2**50
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_FORMATS = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M")


def minor_units(text: pl.Series, currency: str, *, lines: pl.Series, where: str) -> pl.Series:
    """Decimal text (``"1234.50"``) to Int64 minor units; no float on the way.

    Raises:
        Refusal: the first cell that is no plain decimal number, has more decimals than the currency, or is too large.
    """
    digits, most = exponent(currency), whole_digits(currency)
    good = rf"^-?[0-9]{{1,{most}}}(\.[0-9]{{0,{digits}}}0*)?$"
    fits = text.str.contains(good).fill_null(value=False)
    if not fits.all():
        at = fits.not_().arg_max() or 0
        raise Refusal(
            f"{text[at]!r} is no exact amount in {currency} (at most {most} digits and {digits} decimals, a point)."
            if text[at] is not None
            else "The amount is missing.",
            where=f"{where}, row {lines[at]}, column {text.name}",
            remedy=f"Write it like {1234.5:.{digits}f}, without signs for thousands or the currency.",
        )
    point = text.str.find(".", literal=True).cast(pl.Int64)
    length = text.str.len_bytes().cast(pl.Int64)
    decimals = (length - point - 1).fill_null(0)
    if (decimals > digits).any():
        cut = pl.DataFrame({"t": text, "keep": length - (decimals - digits).clip(lower_bound=0)})
        text = cut.select(pl.col("t").str.slice(0, pl.col("keep").cast(pl.UInt64)))["t"]
        decimals = decimals.clip(upper_bound=digits)
    whole = text.str.replace(".", "", literal=True).cast(pl.Int64)
    return (whole * pl.Series((10 ** (digits - decimals.to_numpy())).astype(np.int64))).alias(text.name)


def from_floats(values: pl.Series, currency: str, *, lines: pl.Series, where: str) -> pl.Series:
    """Binary floats to minor units, only where each is the nearest float to exactly one amount.

    Raises:
        Refusal: a value that is no amount of the currency to the last bit, or beyond 2^50 minor units, where floats
            lie too far apart.
    """
    scale = 10 ** exponent(currency)
    raw = values.cast(pl.Float64).to_numpy()
    with np.errstate(invalid="ignore", over="ignore"):
        units = np.rint(raw * scale)
        good = np.isfinite(raw) & (np.abs(units) < _FLOAT_LIMIT) & (units / scale == raw)
    if not good.all():
        at = int(np.argmin(good))
        raise Refusal(
            f"{values[at]!r} is a binary float that is no exact amount in {currency}.",
            where=f"{where}, row {lines[at]}, column {values.name}",
            remedy="Write amounts as text or as a decimal type.",
        )
    return pl.Series(values.name, units.astype(np.int64))


def times(text: pl.Series, *, lines: pl.Series, where: str) -> tuple[pl.Series, bool]:
    """ISO 8601 text, or whole numbers, to a Datetime column in UTC, and whether some were bare dates.

    Whole numbers are steps of one day counted from 1970 if all are under a million, else Unix seconds.
    A time without an offset is taken as it stands.

    Raises:
        Refusal: the first cell that is no time.
    """
    if text.str.contains(r"^[0-9]+$").all() and text.len() and text.null_count() == 0:
        number = text.cast(pl.Int64, strict=False)
        if number.null_count() == 0:
            return whole_times(number)
    dates = text.str.contains(_DATE).fill_null(value=False)
    read = pl.repeat(None, len(text), dtype=pl.Datetime("us"), eager=True)
    if dates.any():
        read = text.str.to_datetime("%Y-%m-%d", time_unit="us", strict=False)
    if not dates.all():
        read = _with_clock(text, read)
    if read.null_count():
        at = read.is_null().arg_max() or 0
        raise Refusal(
            f"{text[at]!r} is no date or time." if text[at] is not None else "The time is missing.",
            where=f"{where}, row {lines[at]}, column {text.name}",
            remedy="Write it like 2024-05-17 or 2024-05-17T14:30:00.",
        )
    return read.alias(text.name), bool(dates.any())


def _with_clock(text: pl.Series, read: pl.Series) -> pl.Series:
    """What is not read yet, read with a time of day: the common form first, another only where something is left."""
    plain = text.str.replace(" ", "T", literal=True).str.replace(r"(Z|[+-]00:?00)$", "")
    for form in _FORMATS:
        if read.null_count():
            read = read.fill_null(plain.str.to_datetime(form, time_unit="us", strict=False))
    if read.null_count():
        zoned = plain.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%#z", time_unit="us", strict=False, time_zone="UTC")
        read = read.fill_null(zoned.dt.replace_time_zone(None))
    return read


def whole_times(number: pl.Series) -> tuple[pl.Series, bool]:
    """Whole numbers to Datetime: day steps under a million, Unix seconds from there on."""
    steps = bool((number.abs() < _STEP_LIMIT).all())
    scaled = number.cast(pl.Int64) * (_DAY if steps else 1_000_000)
    return scaled.cast(pl.Datetime("us")).alias(number.name), False
