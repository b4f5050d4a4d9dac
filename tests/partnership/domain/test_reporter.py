"""In whose name a command reports where several offices could."""

import pytest

from palermo.partnership.domain.reporter import reporter
from palermo.vocabulary.errors import Refusal


def test_the_office_that_has_records_of_the_year_reports(desk, plan, as_owner):
    def asked(**values):
        with as_owner():
            return reporter(year=2026, using="default", **values)

    with pytest.raises(Refusal, match="several offices could report on 2026"):
        asked()
    plan("MD", "2026-05-11", member=desk.other)
    assert asked() == desk.other
    plan("RO", "2026-06-11", member=desk.keeper)
    with pytest.raises(Refusal, match="several offices could report on 2026"):
        asked()
    assert asked(office=desk.other_office.name) == desk.other
