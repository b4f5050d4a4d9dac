"""The routes of the site, as its URL table has them, and requests that somebody might send to them."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.forms import BooleanField, ChoiceField, Form, ModelChoiceField, MultipleChoiceField
from django.urls import URLPattern, get_resolver

#: Text that is neither a name nor harmless, for converters that take words.
HOSTILE = ("intake", "interview", "teacher", "parts", "' OR 1=1 --", "..%2F..%2Fetc", "\u202e<script>", "0" * 300)
NUMBERS = (0, 1, 2, 2**31, 2**63)
#: What is sent in fields whose meaning is not known.
WORDS = "A sentence that is long enough for every field."


@dataclass(frozen=True)
class Route:
    """An address with its holes: `ns:name`, the parts of the path, and for each hole its converter."""

    name: str
    text: str
    holes: tuple[tuple[str, Any], ...]

    @property
    def json(self) -> bool:
        return self.text.startswith("api/")

    def fillings(self, ids: list[UUID]) -> Iterator[dict[str, Any]]:
        """Every way to fill the holes: every id of every object, and words and numbers for the other converters."""
        choices = [[(name, value) for value in _values(converter, ids)] for name, converter in self.holes]
        return (dict(filled) for filled in itertools.product(*choices))

    def path(self, filling: dict[str, Any]) -> str:
        path = self.text
        for name, converter in self.holes:
            path = path.replace(f"<{name}>", converter.to_url(filling[name]))
        return "/" + path


def _values(converter: Any, ids: list[UUID]) -> Any:
    kind = type(converter).__name__
    if kind.startswith("UUID"):
        return [str(one) for one in ids] if kind == "UUIDStrConverter" else ids
    if kind == "IntConverter":
        return NUMBERS
    words = [word for word in HOSTILE if kind not in {"SlugConverter", "StringConverter"} or "/" not in word]
    if kind == "SlugConverter":
        return [word for word in words if word.replace("-", "").replace("_", "").isalnum() and word.isascii()]
    return words


def routes(urlconf: str | None = None) -> list[Route]:
    """Every route of the URL table. A converter that nobody thought of is an error, not a gap."""
    found: dict[str, Route] = {}

    def walk(patterns: Any, text: str, names: tuple[str, ...], holes: tuple[tuple[str, Any], ...]) -> None:
        for pattern in patterns:
            here, more = _plain(pattern.pattern)
            if isinstance(pattern, URLPattern):
                route = Route(":".join((*names, pattern.name or text + here)), text + here, holes + more)
                found.setdefault(route.text, route)
            else:
                namespace = (pattern.namespace,) if pattern.namespace else ()
                walk(pattern.url_patterns, text + here, names + namespace, holes + more)

    walk(get_resolver(urlconf).url_patterns, "", (), ())
    return list(found.values())


def _plain(pattern: Any) -> tuple[str, tuple[tuple[str, Any], ...]]:
    route = getattr(pattern, "_route", None)
    if route is None:
        raise AssertionError(f"{pattern} is a regular expression: the proof cannot fill it; write a path()")
    for name, converter in pattern.converters.items():
        for before in (f"<{kind}:{name}>" for kind in _kinds(converter)):
            route = str(route).replace(before, f"<{name}>")
        assert f"<{name}>" in str(route), f"{route}: unknown converter {converter}"
    return str(route), tuple(pattern.converters.items())


def _kinds(converter: Any) -> list[str]:
    from django.urls.converters import get_converters

    return [kind for kind, one in get_converters().items() if type(one) is type(converter)]


def fields_of(response: Any, ids: list[str]) -> dict[str, Any]:
    """Plausible values for every form that a page shows, by the types of its fields."""
    said: dict[str, Any] = {}
    for layer in response.context or ():
        for value in layer.flatten().values() if hasattr(layer, "flatten") else ():
            if isinstance(value, Form):
                said |= {value.add_prefix(name): _said(name, one, ids) for name, one in value.fields.items()}
    return {name: value for name, value in said.items() if value is not None}


def _said(name: str, field: Any, ids: list[str]) -> Any:
    if isinstance(field, ModelChoiceField):
        first = field.queryset.first()
        return str(first.pk) if first else None
    if isinstance(field, MultipleChoiceField):
        return [str(value) for value, _ in field.choices]
    if isinstance(field, ChoiceField):
        values = [str(value) for value, _ in _flat(field.choices) if value not in ("", None)]
        return values[-1] if values else None
    if isinstance(field, BooleanField):
        return "on"
    kind = type(field).__name__
    return {
        "IntegerField": 14,
        "DateField": "2026-01-02",
        "UUIDField": ids[0],
        "EmailField": "a@example.org",
    }.get(kind, WORDS[: getattr(field, "max_length", None) or 200])


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield value, label


@cache
def bodies() -> dict[str, Any]:
    """For each JSON address that takes a POST: a body that fits its description."""
    from palermo.web.api import api

    schema = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    parts = schema.get("components", {}).get("schemas", {})
    return {
        path: _example(methods["post"]["requestBody"]["content"]["application/json"]["schema"], parts)
        for path, methods in schema["paths"].items()
        if "requestBody" in methods.get("post", {})
    }


def _example(schema: dict[str, Any], parts: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _example(parts[schema["$ref"].rsplit("/", 1)[1]], parts)
    for many in ("anyOf", "oneOf", "allOf"):
        if many in schema:
            return _example(schema[many][0], parts)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        return {name: _example(one, parts) for name, one in schema.get("properties", {}).items()}
    if kind == "array":
        return [_example(schema.get("items", {}), parts)]
    if kind == "string":
        plain = {"uuid": "00000000-0000-4000-8000-000000000000", "date-time": "2026-01-02T00:00:00Z"}
        return plain.get(schema.get("format", ""), WORDS[: schema.get("maxLength", 200)])
    return {"integer": 14, "number": 14, "boolean": True}.get(str(kind))
