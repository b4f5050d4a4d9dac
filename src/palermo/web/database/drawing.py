"""What `migrate` draws while it goes: each class once, and into it what comes later.

Django's own way is safe for every operation there is: it draws anew whatever is related. These four are told from the
rest by what they do to a table that is there: nothing but add.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.models import Field
from pgtrigger.migrations import AddTrigger

_add_model, _add_field = ProjectState.add_model, ProjectState.add_field


@contextmanager
def _undrawn(state: ProjectState) -> Iterator[StateApps | None]:
    """Let Django note a change without drawing it; yields the classes as they were."""
    drawn = state.__dict__.pop("apps", None)
    yield drawn
    if drawn is not None:
        state.apps = drawn


def add_model(state: ProjectState, model: ModelState) -> None:
    """A table: its class is drawn, and those it points to learn of it as in any other project."""
    with _undrawn(state) as drawn:
        _add_model(state, model)
        if drawn is not None:
            drawn.render_multiple([model])


def add_field(
    state: ProjectState, app_label: str, model_name: str, name: str, field: Field, preserve_default: bool
) -> None:
    """A column of a table that is there."""
    with _undrawn(state) as drawn:
        _add_field(state, app_label, model_name, name, field, preserve_default)
        if drawn is not None:
            added = state.models[app_label, model_name].fields[name].clone()
            drawn.get_model(app_label, model_name).add_to_class(name, added)
            drawn.clear_cache()


def add_option(state: ProjectState, app_label: str, model_name: str, option: str, value: object) -> None:
    """An index, a constraint or a trigger."""
    options = state.models[app_label, model_name].options
    options[option] = [*options.get(option, []), value]
    if "apps" in state.__dict__:
        setattr(state.apps.get_model(app_label, model_name)._meta, option, options[option])  # noqa: SLF001 -- Django names no other way


def add_trigger(operation: AddTrigger, app_label: str, state: ProjectState) -> None:
    """A trigger, from the operation that makes it."""
    add_option(state, app_label, operation.model_name, "triggers", operation.trigger)
