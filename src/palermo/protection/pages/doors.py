"""Doors and forms as everywhere (office/pages/doors.py), in the frame of this room."""

from functools import partial

from palermo.office.pages import doors
from palermo.office.pages.doors import Sheet, acts, attempt, posts, reads, sent, words_of

form_page = partial(doors.form_page, template="protection/form.html")

__all__ = ["Sheet", "acts", "attempt", "form_page", "posts", "reads", "sent", "words_of"]
