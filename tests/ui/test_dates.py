"""Days and hours are written in one way, whichever format a page asks for."""

import datetime as dt

from django.utils import formats, translation


def test_one_way_to_write_a_day_and_an_hour():
    at = dt.datetime(2026, 11, 4, 18, 5, tzinfo=dt.UTC)
    with translation.override("en-gb"):
        written = {name: formats.date_format(at, name) for name in ("DATE_FORMAT", "SHORT_DATE_FORMAT")}
        with_hour = {name: formats.date_format(at, name) for name in ("DATETIME_FORMAT", "SHORT_DATETIME_FORMAT")}
    assert set(written.values()) == {"4 Nov 2026"}
    assert set(with_hour.values()) == {"4 Nov 2026, 18:05"}
