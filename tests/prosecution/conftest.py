import polars as pl
import pytest

from palermo.prosecution.methods.ledger import make_ledger


@pytest.fixture
def ledger_of():
    """A ledger of (source, target, minor units), a second apart."""

    def build(rows, currency="EUR", **more):
        frame = pl.DataFrame(
            {
                "id": [str(i) for i in range(len(rows))],
                "time": pl.Series([i * 1_000_000 for i in range(len(rows))], dtype=pl.Int64).cast(pl.Datetime("us")),
                "source": pl.Series([row[0] for row in rows], dtype=pl.String),
                "target": pl.Series([row[1] for row in rows], dtype=pl.String),
                "amount": pl.Series([row[2] for row in rows], dtype=pl.Int64),
            }
        )
        return make_ledger(frame, currency=currency, **more)

    return build
