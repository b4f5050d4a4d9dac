"""Partnership as JSON, to read only: one file a subject, each with its `router`."""

from ninja import Router

from palermo.partnership.api import commitments, directory

router = Router(tags=["partnership"])
for part in (directory, commitments):
    router.add_router("", part.router)
