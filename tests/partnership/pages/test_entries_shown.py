"""Who works at the gate has the gate's entries in the way, and no law register."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize(
    ("who", "shown"), [("reception_responder", False), ("reception_manager", True), ("co_ordinator", True)]
)
def test_entries_of_partnership(house, client_of, who, shown):
    page = client_of(getattr(house, who)).get("/").content.decode()
    law = reverse("partnership:law")
    assert (f'href="{law}"' in page.split("<main", 1)[0]) is shown
    assert client_of(getattr(house, who)).get(law).status_code == 200
