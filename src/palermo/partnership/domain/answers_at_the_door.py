"""To answer a questionnaire without an account: by a link, and a code that came another way."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection

from palermo.partnership.domain.questionnaires import MOST_EVIDENCE, checked_value, hash_of
from palermo.vocabulary.codes import bare
from palermo.vocabulary.errors import Refusal


def key_of(*, token: str, code: str) -> tuple[bytes, bytes]:
    """What opens a link: kept in the respondent's own session, nowhere else."""
    return hash_of(token), hash_of(token, bare(code))


def open_answers(*, key: tuple[bytes, bytes]) -> dict[str, Any] | None:
    """What is asked and was answered so far; None for a wrong code (five close it), an old or an unknown link."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT partnership_open_answers(%s, %s)", list(key))
        found = cursor.fetchone()[0]
    asked: dict[str, Any] | None = json.loads(found) if isinstance(found, str) else found
    return asked


def give_answers(
    *, key: tuple[bytes, bytes], asked: Mapping[str, Any], answers: Mapping[str, tuple[str, str]], submit: bool
) -> None:
    """Keep answers (code → value and evidence); handed in, the link is used up.

    Raises:
        Refusal: an answer does not fit its question, or the link has closed meanwhile.
    """
    rows = []
    for question in asked["questions"]:
        if question["code"] not in answers:
            continue
        value, evidence = answers[question["code"]]
        kind, choices = question["kind"], question["choices"]
        text = checked_value(kind=kind, choices=choices, value=value, where=question["code"])
        rows.append({"question": question["id"], "value": text, "evidence": evidence.strip()[:MOST_EVIDENCE]})
    with connection.cursor() as cursor:
        cursor.execute("SELECT partnership_give_answers(%s, %s, %s, %s)", [*key, json.dumps(rows), submit])
        if not cursor.fetchone()[0]:
            raise Refusal("this link has closed", remedy="Ask the office that sent it.")
