"""A site on a cluster of its own, whose database server is killed in the middle of referrals. Prints what it saw.

Run as a process with `PALERMO_STATE` and `PALERMO_SPACE=simulated`; its one argument is JSON: after how many statements
of a request the server dies, once for each number.
"""

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "palermo.web.settings"
django.setup()

COUNTS = """SELECT (SELECT count(*) FROM protection_referral), (SELECT count(*) FROM protection_package),
    (SELECT count(*) FROM office_disclosure), (SELECT count(*) FROM office_notice),
    (SELECT count(*) FROM office_reach WHERE kind IN ('referral', 'package')),
    (SELECT count(*) FROM office_logline WHERE verb = 'protection.send_referral')"""


class Site:
    def __init__(self):
        from django.test import Client
        from house import found_house
        from records import do, maker, sign_in

        from palermo.office.domain.keyring import fit_space
        from palermo.office.domain.second_factor import enrol_second_factor
        from palermo.web.database import ensure_running, prepare, server

        ensure_running(scratch=True)
        prepare("simulated")
        fit_space(simulated=True)
        self.cluster, self.house = server().embedded, found_house(using="owner")
        self.case = maker(self.house).case()
        do(self.house.manager, enrol_second_factor)
        self.client = sign_in(Client(raise_request_exception=False, headers={"host": "localhost"}), self.house.manager)

    def refer(self, die_after=None):
        """The answer to the request that sends a referral; the server dies after so many of its statements."""
        from django.db import connection

        said = {
            "recipient": str(self.house.shelter.pk),
            "purpose": "accommodation",
            "services": ["accommodation"],
            "kinds": ["needs"],
            "basis": {"basis": "vital_interests", "reason": "There is a danger to life tonight"},
        }
        done = 0

        def dying(execute, *statement):
            nonlocal done
            if done == die_after:
                self.cluster.postmaster().kill()
                while self.cluster.lives:
                    pass
            done += 1
            return execute(*statement)

        with connection.execute_wrapper(dying):
            return self._ask("post", f"/api/cases/{self.case.pk}/referrals", json.dumps(said), "application/json")

    def page(self):
        return self._ask("get", f"/cases/{self.case.pk}/")

    def _ask(self, method, *request):
        from django.db import close_old_connections

        # As a server does round each request; Django's test client leaves it out.
        close_old_connections()
        answer = getattr(self.client, method)(*request)
        close_old_connections()
        return answer

    def kept(self):
        from django.db import connections

        connections["owner"].close()
        with connections["owner"].cursor() as cursor:
            cursor.execute(COUNTS)
            return list(cursor.fetchone())


def main(points):
    from palermo.office.domain.audit import verify_log
    from palermo.web.database import ensure_running

    site, seen = Site(), []
    for point in points:
        answer, page = site.refer(die_after=point), site.page()
        ensure_running()
        after = site.page()
        seen.append(
            {
                "refer": [answer.status_code, answer.json()["message"]],
                "page": [page.status_code, page["Retry-After"], "try again in a moment" in page.content.decode()],
                "after": after.status_code,
                "kept": site.kept(),
                "log": verify_log().ok,
            }
        )
    whole = site.refer()
    print(json.dumps({"seen": seen, "whole": [whole.status_code, *site.kept()]}))  # noqa: T201 -- its result


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
