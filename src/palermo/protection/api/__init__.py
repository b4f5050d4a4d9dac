"""Protection as JSON: the same verbs and questions as its pages, and nothing that they do not show."""

from ninja import Router

from palermo.protection.api import arrivals, board, cases, concerns, consents, referrals, screenings

router = Router(tags=["protection"])
for part in (arrivals, screenings, cases, consents, referrals, board, concerns):
    router.add_router("", part.router)
