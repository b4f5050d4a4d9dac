"""The table of the API: who may call what at all, and that its description is whole."""

import pytest
from django.urls import Resolver404, resolve, reverse
from ninja.security import SessionAuth

from palermo.web.api import api, urls

#: What is open to everybody. A new one is a decision, not an accident.
PUBLIC = {"/concerns", "/concerns/forms"}


def operations():
    return [
        pytest.param(path, operation, id=f"{'/'.join(operation.methods)} {path}")
        for _, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
    ]


def test_there_are_operations():
    described = api.get_openapi_schema()["paths"]
    assert len(described) > 20
    assert all(path.startswith("/api/") for path in described)


@pytest.mark.parametrize(("path", "operation"), operations())
def test_only_the_public_door_is_open_without_signing_in(path, operation):
    open_to_all = operation.auth_param is None
    assert open_to_all == (path in PUBLIC)
    if not open_to_all:
        assert [type(check) for check in operation.auth_callbacks or api.auth] == [SessionAuth]


@pytest.mark.parametrize(("path", "operation"), operations())
def test_every_operation_says_what_it_does_and_what_it_answers(path, operation):
    assert operation.description
    assert set(operation.response_models) <= {200, 201, 204}
    assert None not in [model for status, model in operation.response_models.items() if status != 204]


def test_every_address_is_djangos_own_and_named_once():
    names = [pattern.name for pattern in urls()[0]]
    assert len(names) == len(set(names))
    assert {"me", "agencies", "notice_list", "arrival_list", "case", "referral_list", "board", "concern"} < set(names)


def test_the_description_is_for_members_and_there_is_no_page_that_loads_scripts():
    assert reverse("api:openapi-json") == "/api/openapi.json"
    assert getattr(resolve("/api/openapi.json").func, "login_required", True)
    with pytest.raises(Resolver404):
        resolve("/api/docs")
