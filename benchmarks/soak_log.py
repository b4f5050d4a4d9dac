"""The access log under many hands: processes act for the same and for other agencies, referrals cross.

``soak_log.py [processes] [seconds]`` counts transactions a second and deadlocks, then walks the chains. A tenth of the
transactions nest two agencies' acts, so that they append to two chains at once.
"""

import json
import multiprocessing
import os
import sys
import time

from _cluster import own_state

AGENCIES = 4


def house():
    from palermo.office.domain.agencies import enrol_member, found_agency
    from palermo.office.enums import AgencyKind, Role

    members = []
    for n in range(AGENCIES):
        agency = found_agency(name=f"Agency {n}", kind=AgencyKind.SERVICE_PROVIDER, state="XA")
        members.append(
            enrol_member(
                agency=agency, username=f"m{n}", name="M", roles=[Role.CASE_MANAGER], password="x", hashed="!"
            )[0]
        )
    return members


def act(number: int, seconds: float, out) -> None:
    """One process: register, refer to the next agency, answer there; some acts nest in another agency's."""
    import django

    django.setup()
    from django.db import OperationalError

    from palermo.office.domain.acting import acting_as
    from palermo.office.domain.persons import register_person
    from palermo.office.models import Member
    from palermo.protection.domain.referrals import Basis, Request, accept_referral, send_referral

    members = list(Member.objects.filter(kind=Member.Kind.PERSON).order_by("username"))
    basis = Basis(basis="vital_interests", reason="There was a threat to life tonight.")
    done, deadlocks, turn, ends = 0, 0, number, time.monotonic() + seconds
    while time.monotonic() < ends:
        turn += 1
        sender, recipient = members[turn % AGENCIES], members[(turn * 3 + number + 1) % AGENCIES]
        if sender == recipient:
            continue
        request = Request(
            recipient=recipient.agency, purpose="accommodation", services=["accommodation"], kinds=["needs"]
        )
        try:
            with acting_as(sender):
                person = register_person(member=sender, path="adult", age=30)
                referral = send_referral(member=sender, person=person, request=request, basis=basis)
                if turn % 10 == 0:
                    with acting_as(recipient):
                        accept_referral(member=recipient, referral=referral)
            if turn % 10:
                with acting_as(recipient):
                    accept_referral(member=recipient, referral=referral)
                done += 1
            done += 1
        except OperationalError:
            deadlocks += 1
    out.put((done, deadlocks))


def soak(processes: int, seconds: float) -> dict[str, object]:
    """Run against the space that the environment names, which `house` has furnished."""
    from palermo.office.domain.audit import verify_log

    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    hands = [context.Process(target=act, args=(n, seconds, out)) for n in range(processes)]
    for hand in hands:
        hand.start()
    counts = [out.get(timeout=seconds + 300) for _ in hands]
    for hand in hands:
        hand.join()
    verdict = verify_log()
    return {
        "processes": processes,
        "seconds": seconds,
        "transactions": sum(done for done, _ in counts),
        "transactions_a_second": round(sum(done for done, _ in counts) / seconds, 1),
        "failed": sum(failed for _, failed in counts),
        "lines": verdict.lines,
        "ok": verdict.ok,
        "first_broken": verdict.first_broken,
        "load": round(os.getloadavg()[0], 1),
    }


def main() -> None:
    processes = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 60
    with own_state():
        import django

        django.setup()
        from django.db import connections

        from palermo.office.domain.keyring import fit_space
        from palermo.web.database import prepare

        prepare("simulated")
        fit_space(simulated=True)
        house()
        connections.close_all()
        report = soak(processes, seconds)
    print(json.dumps(report, indent=2))
    sys.exit(0 if report["ok"] and not report["failed"] else 1)


if __name__ == "__main__":
    main()
