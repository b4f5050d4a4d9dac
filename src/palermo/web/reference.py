"""`python -m palermo.web.reference`: writes into docs/ what the code says of itself; tests/test_docs.py holds it fresh.

A page carries such a part between `<!-- name -->` and `<!-- /name -->`; what stands around it is written by hand.
"""

import importlib
import inspect
import os
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from django.db.models import TextChoices

#: Rooms whose verbs and lists are told.
ROOMS = ("office", "protection", "prosecution", "prevention", "partnership", "training")
#: Rights that several verbs share.
SHARED = {"protection.answer_referral": "Accept a referral, or decline it with a reason; the sender is told."}


def modules(package: str) -> Iterator[ModuleType]:
    """The modules of a package, if there is one."""
    try:
        found = importlib.import_module(package)
    except ModuleNotFoundError:
        return
    yield found
    for module in pkgutil.iter_modules(getattr(found, "__path__", [])):
        yield importlib.import_module(f"{package}.{module.name}")


def first_sentence(thing: object) -> str:
    """The first line of what a thing says of itself."""
    return (inspect.getdoc(thing) or "").split("\n")[0]


def verbs() -> dict[str, tuple[str, frozenset[str]]]:
    """Verb → what it does, and the roles that may: from registered rights and the functions beside them."""
    from palermo.office.domain.rights import rights  # noqa: PLC0415 -- apps must be ready

    said = dict(SHARED)
    for room in ROOMS:
        for module in modules(f"palermo.{room}.domain"):
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if function.__module__ == module.__name__:
                    said.setdefault(f"{room}.{name}", first_sentence(function))
    return {verb: (said.get(verb, ""), roles) for verb, roles in rights().items()}


def lists() -> dict[str, type[TextChoices]]:
    """Every list of codes in the rooms' enums, by `room.Name`."""
    return {
        f"{room}.{name}": choices
        for room in ROOMS
        for module in modules(f"palermo.{room}.enums")
        for name, choices in vars(module).items()
        if inspect.isclass(choices) and issubclass(choices, TextChoices) and choices.__module__ == module.__name__
    }


def table_of_verbs() -> str:
    """Verbs by roles."""
    from palermo.office.enums import Role  # noqa: PLC0415 -- apps must be ready

    known = verbs()
    roles = [role for role in Role if any(role in may for _, may in known.values())]
    lines = [
        f"| verb | what it does | {' | '.join(str(role.label) for role in roles)} |",
        f"| --- | --- |{' :-: |' * len(roles)}",
    ]
    for verb, (said, may) in known.items():
        lines.append(f"| `{verb}` | {said} | {' | '.join('●' if role in may else '' for role in roles)} |")
    return "\n".join(lines)


def table_of_lists() -> str:
    """Each list with its codes and the words that stand for them."""
    lines = ["| list | what it says | codes |", "| --- | --- | --- |"]
    for name, choices in lists().items():
        codes = "; ".join(f"`{code}` {words}" for code, words in choices.choices)
        lines.append(f"| {name} | {first_sentence(choices)} | {codes} |")
    return "\n".join(lines)


def table_of_operations() -> str:
    """Addresses of the API with what each does."""
    from palermo.web.api import api  # noqa: PLC0415 -- apps must be ready

    lines = ["| address | what it does |", "| --- | --- |"]
    for path, operations in api.get_openapi_schema()["paths"].items():
        lines += [f"| `{method.upper()} {path}` | {said['description']} |" for method, said in operations.items()]
    return "\n".join(lines)


#: Page in docs/ → the parts in it that are written from the code.
PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "api.md": {"operations": table_of_operations},
    "roles.md": {"verbs": table_of_verbs},
    "statuses.md": {"lists": table_of_lists},
}


def fresh(page: str, text: str) -> str:
    """The page with its parts written anew."""
    for name, write in PARTS[page].items():
        if part := re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text, re.DOTALL):
            text = f"{text[: part.start(1)]}\n{write()}\n\n{text[part.end(1) :]}"
    return text


def main(docs: Path) -> None:
    """Write the parts of every page that has some."""
    import django  # noqa: PLC0415 -- only here: a test has set it up already

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.web.settings")
    django.setup()
    for page in PARTS:
        path = docs / page
        path.write_text(fresh(page, path.read_text(encoding="utf-8")), encoding="utf-8")
        sys.stderr.write(f"{path}\n")


if __name__ == "__main__":
    main(Path.cwd() / "docs")
