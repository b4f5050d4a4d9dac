"""A port that is taken is said in one sentence, before anything else is done."""

import pytest

from palermo.vocabulary.errors import Refusal
from palermo.web.serve import open_port


def test_a_taken_port_is_refused():
    with open_port(0) as first:
        port = first.getsockname()[1]
        with pytest.raises(Refusal, match=f"127.0.0.1:{port}.*--port"):
            open_port(port)


def test_a_port_that_does_not_exist_is_refused():
    with pytest.raises(Refusal):
        open_port(70_000)
