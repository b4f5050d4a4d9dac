"""Partnership as JSON, to read only: one file a subject, each with its `router`."""

from ninja import Router

from palermo.partnership.api import commitments, directory, findings, visits

router = Router(tags=["partnership"])
for part in (directory, commitments, visits, findings):
    router.add_router("", part.router)
