"""What tests of assets, claims and shares begin with, made through verbs."""

import datetime as dt

from records import do

MAY = dt.date(2026, 5, 1)


class Hunt:
    """An investigation with a controller whose benefit is 9,000, two victims and an order that stands."""

    def __init__(self, case):
        from palermo.prosecution.domain.assets import set_benefit
        from palermo.prosecution.domain.parties import add_party

        self.it, self.order, self.member = case.it, case.order, case.member
        self.controller, self.victim = case.controller, case.victim
        self.other = do(
            self.member, add_party, investigation=self.it, name="Ola Zorvath", roles=["victim"], age="adult"
        )
        benefit = {"currency": "EUR", "amount": "9000", "basis": "Deposits method", "decided_by": "Court of Example"}
        do(self.member, set_benefit, party=self.controller, **benefit)

    def asset(self, value="10000", traced="0", holder=None, kind="vehicle", **more):
        """Something of the controller's that was found in May."""
        from palermo.prosecution.domain.assets import record_asset

        what = {"what": "A grey van, Elm Street 3", "currency": "EUR", "value": value, "traced": traced}
        what |= {"on": MAY, "found_by": "Asset recovery office", "holder": holder or self.controller} | more
        return do(self.member, record_asset, investigation=self.it, kind=kind, **what)

    def step(self, asset, state, **more):
        """One step of it, on the order."""
        from palermo.prosecution.domain.assets import advance_asset

        said = {"on": MAY, "decided_by": "Court of Example", "order": self.order, "note": "Police garage"} | more
        return do(self.member, advance_asset, asset=asset, state=state, **said)

    def take(self, asset, **more):
        """Freeze, seize and confiscate it."""
        for state in ("frozen", "seized"):
            self.step(asset, state)
        self.step(asset, "confiscated", **more)
        return asset

    def claim(self, amount="3000", party=None, approved=None, **more):
        """A victim's claim, decided if `approved` is given."""
        from palermo.prosecution.domain.claims import make_claim

        said = {"through": "court", "currency": "EUR", "ground": "Wages withheld", "made_on": MAY} | more
        found = do(self.member, make_claim, investigation=self.it, party=party or self.victim, amount=amount, **said)
        return self.decide(found, approved) if approved is not None else found

    def decide(self, claim, approved):
        """The court's decision on a claim."""
        from palermo.prosecution.domain.claims import decide_claim

        said = {"decided_on": MAY, "decided_by": "Court of Example"}
        return do(self.member, decide_claim, claim=claim, approved=approved, **said)

    def share(self, brought, **more):
        """Share what assets brought."""
        from palermo.prosecution.domain.sharing import share_out

        said = {
            "currency": "EUR",
            "way": "pari-passu",
            "order": self.order,
            "decided_by": "Court of Example",
            "on": MAY,
        }
        return do(self.member, share_out, investigation=self.it, brought=brought, **(said | more))

    def shares(self, sharing):
        """Its shares by claim or payee, those that stand."""
        from palermo.office.domain.acting import acting_as
        from palermo.prosecution.models import Share

        with acting_as(self.member):
            kept = Share.objects.filter(sharing=sharing, withdrawn_at=None).select_related("claim")
            return {one.claim.label if one.claim else one.payee: one for one in kept}

    def pay(self, share):
        """Note that it was paid."""
        from palermo.office.domain.acting import acting_as
        from palermo.prosecution.domain.sharing import pay_share
        from palermo.prosecution.models import Share

        with acting_as(self.member):
            share = Share.objects.select_related("sharing", "claim__party", "investigation").get(pk=share.pk)
        return do(self.member, pay_share, share=share, on=MAY, reference="TR-1")
