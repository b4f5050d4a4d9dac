"""What is not in docs/ does not exist: roles, verbs, lists, commands, dependencies, rooms. (Settings: tests/web.)"""

import ast
import re
import sys
import tomllib
from importlib.metadata import metadata, packages_distributions
from pathlib import Path

import pytest

from palermo.web import reference

CHECKOUT = Path(__file__).resolve().parents[1]
DOCS = CHECKOUT / "docs"
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ROOMS = sorted(path.parent.name for path in (CHECKOUT / "src" / "palermo").glob("*/__init__.py"))


def page(name):
    return (DOCS / name).read_text(encoding="utf-8")


def names_of(requirements):
    return [re.match(r"[a-z0-9-]+", requirement)[0] for requirement in requirements]


@pytest.mark.parametrize("name", reference.PARTS)
def test_what_is_written_from_the_code_is_fresh(name):
    assert reference.fresh(name, page(name)) == page(name), "run python -m palermo.web.reference"


def test_every_role_is_described():
    from palermo.office.enums import Role

    assert re.findall(r"^- \*\*.+\*\* \(`(\w+)`\): ", page("roles.md"), re.MULTILINE) == list(Role.values)


def test_every_right_that_the_source_registers_is_told_with_what_it_does():
    registered = re.compile(r"\ballow\(\s*\"([\w.]+)\"")
    sources = (CHECKOUT / "src").rglob("*.py")
    verbs = {verb for path in sources for verb in registered.findall(path.read_text(encoding="utf-8"))}
    assert verbs == set(reference.verbs())
    assert [verb for verb, (said, _) in reference.verbs().items() if not said] == []


@pytest.mark.parametrize("name", ["Purpose", "LawfulBasis", "Role", "DataKind", "AgencyKind", "NoticeKind"])
def test_lists_of_the_office_are_told(name):
    from palermo.office import enums

    row = re.search(rf"^\| office\.{name} \| .+ \| (.+) \|$", page("statuses.md"), re.MULTILINE)
    assert re.findall(r"`(\w+)`", row[1]) == getattr(enums, name).values


@pytest.mark.parametrize("name", ["ScreeningState", "CaseState", "ReferralState", "ConcernState", "ServiceState"])
def test_statuses_of_protection_are_told_and_their_course_too(name):
    from palermo.protection import enums

    text = page("statuses.md")
    course = text[: text.index("<!-- lists -->")]
    assert [code for code in getattr(enums, name).values if f"`{code}`" not in course] == []
    assert f"| protection.{name} | " in text


def commands(command=None, before="palermo"):
    """Every command of the command line as it is typed."""
    import typer.main

    from palermo.cli import make_app

    command = command or typer.main.get_command(make_app())
    inner = getattr(command, "commands", None)
    if inner is None:
        return {before}
    return {name for word, below in inner.items() for name in commands(below, f"{before} {word}")}


def documented_commands():
    """`palermo db start`, `stop` in a row of the table are two commands of one group."""
    found = set()
    for row in re.findall(r"^\| (`palermo .+?) \|", page("commands.md"), re.MULTILINE):
        group = "palermo"
        for said in re.findall(r"`([^`]+)`", row):
            words = re.match(r"[a-z ]+", said)[0].split()
            if words[0] == "palermo":
                group = " ".join(words[:-1])
            found.add(" ".join(words) if words[0] == "palermo" else f"{group} {words[0]}")
    return found


def test_every_command_is_documented_and_no_other():
    assert documented_commands() == commands()


def test_every_dependency_has_its_reason():
    rows = re.findall(
        r"^\| ([a-z0-9-]+) \| [\w.]+ \| \d{4}-\d\d \| [^|]+ \| [^|]{8,} \|$",
        page("decisions/0002-dependencies.md"),
        re.MULTILINE,
    )
    assert rows == names_of(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"])


def test_whatever_is_imported_is_a_dependency():
    extras = [need for name, needs in PROJECT["optional-dependencies"].items() if name != "dev" for need in needs]
    declared = set(names_of(PROJECT["dependencies"] + extras))
    known, undeclared = packages_distributions(), set()
    for path in (CHECKOUT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for module in {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"palermo"}:
                if not declared & {re.sub(r"[-_.]+", "-", name).lower() for name in known.get(module, [module])}:
                    undeclared.add(module)
    assert undeclared == set()


def test_a_dependency_that_nothing_imports_says_so():
    modules = {}
    for module, packages in packages_distributions().items():
        for package in packages:
            modules.setdefault(re.sub(r"[-_.]+", "-", package).lower(), []).append(module)
    source = "\n".join(path.read_text(encoding="utf-8") for path in (CHECKOUT / "src").rglob("*.py"))
    unused = [
        name
        for name in names_of(PROJECT["dependencies"])
        if not any(re.search(rf"(?:import |from |\"){re.escape(module)}\b", source) for module in modules[name])
    ]
    said = re.findall(r"^\| ([a-z0-9-]+) \|.*not imported yet", page("decisions/0002-dependencies.md"), re.MULTILINE)
    assert said == unused


@pytest.mark.parametrize("name", names_of(PROJECT["dependencies"]))
def test_nothing_that_palermo_runs_on_is_gpl_alone(name):
    about = metadata(name)
    said = [about.get("License-Expression") or "", about.get("License") or "", *(about.get_all("Classifier") or [])]
    licence = " ".join(text for text in said if len(text) < 200)
    assert not re.search(r"\bA?GPL|Affero|(?<!Lesser )(?<!Library or Lesser )General Public", licence)


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_its_page(room):
    line = re.search(rf"^  {room}/ .* {{2,}}(.+)$", page("README.md"), re.MULTILINE)
    assert line, f"docs/README.md does not name {room}/"
    pages = [] if line[1] == "open" else line[1].split(", ")
    assert [name for name in pages if not (DOCS / name).exists()] == []


def test_every_link_between_pages_leads_somewhere():
    link = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#:]+)(?:#[^)]*)?\)")
    pages = [*DOCS.rglob("*.md"), CHECKOUT / "README.md", CHECKOUT / "CHANGELOG.md"]
    links = [(path, target) for path in pages for target in link.findall(path.read_text(encoding="utf-8"))]
    broken = [f"{path.name}: {target}" for path, target in links if not (path.parent / target).exists()]
    assert broken == []


def test_decisions_are_numbered_once_and_say_why():
    numbers = [path.name[:4] for path in sorted((DOCS / "decisions").glob("*.md"))]
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
    for path in (DOCS / "decisions").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert [
            part
            for part in ("**Context.**", "**Choice.**", "**Price.**")
            if part not in text and f"## {part[2:-3]}" not in text
        ] == [], path.name
