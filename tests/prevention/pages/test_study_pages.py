"""Pages of the analyst's room: from lists to the published range, for the analysts of the office alone."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from records import do, second_factor, sign_in
from routes import fields_of, routes

from palermo.office.domain.acting import acting_as
from palermo.prevention.domain.deciding import decide_release
from palermo.prevention.domain.estimates import ask_estimate
from palermo.prevention.domain.linking import link_files
from palermo.prevention.domain.publishing import publish_estimate
from palermo.prevention.domain.releases import ask_release
from palermo.prevention.domain.series import keep_series
from palermo.prevention.domain.series_releases import ask_series_release
from palermo.prevention.domain.simulated import simulated_weeks
from palermo.prevention.models import Release, Run

OURS = [route for route in routes() if route.text.startswith("counting/")]
#: First part of an address → the table whose ids it takes.
ABOUT = {
    "<pk>": "study",
    "lists": "listtable",
    "links": "linking",
    "estimates": "run",
    "cases": "casetable",
    "releases": "release",
    "series": "series",
}
QUICK = {"methods": ["stepwise", "decomposable"], "resamples": 100}


def delays():
    """60 cases, each registered up to eight weeks after it was identified."""
    first, rows = dt.date(2026, 1, 5), ["identified,registered"]
    for n in range(60):
        day = first + dt.timedelta(days=3 * n)
        rows.append(f"{day},{day + dt.timedelta(weeks=n % 9)}")
    return "\n".join(rows).encode()


@pytest.fixture
def whole(study_by, lists_in, cases_in, analysts, work, owner_sql, agency_files, hashed_files):
    """A study with lists, a finished run, one that waits, one that was refused, and what is published."""
    member, study = analysts.rapporteur, study_by()
    table = lists_in(study)
    run = do(member, ask_estimate, table=table, **QUICK)
    cases = cases_in(study)
    release, review = (
        do(member, ask_release, table=cases, title=title, epsilon=0.5) for title in ("Cases of the region", "Again")
    )
    work()
    with acting_as(member):
        run = Run.objects.select_related("table", "study").get(pk=run.pk)
        release = Release.objects.select_related("table", "study").get(pk=release.pk)
    do(member, publish_estimate, run=run, reason="Agreed by the board of the office.")
    for name, data in (("weeks.csv", simulated_weeks(until=dt.date(2026, 6, 1), seed=3)), ("delays.csv", delays())):
        series = do(member, keep_series, study=study, name=name, data=data, source="Hotline of the region")
        told = do(member, ask_series_release, series=series, title=f"Told: {name}", epsilon=0.2, floor=2)
        work()
        with acting_as(member):
            told = Release.objects.select_related("series", "study").get(pk=told.pk)
        if told.state == "review":
            do(member, decide_release, release=told, publish=True, reason="Nothing below the floor is shown in it.")
    do(member, decide_release, release=release, publish=True, reason="Nothing rare is shown, nobody stands alone.")
    apart = lists_in(study, data=b"a,b,c,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n", name="apart.csv")
    refused = do(member, ask_estimate, table=apart, **QUICK)
    waits = do(member, ask_estimate, table=table, **QUICK)
    told = {"names_basis": "Act 12/2019, Article 7", "delivered_by": "Agencies", "delivered_on": dt.date(2026, 2, 1)}
    linkings = [do(member, link_files, study=study, files=files, **told) for files in (agency_files, hashed_files)]
    ids = {
        place: [row[0] for row in owner_sql(f"SELECT id FROM prevention_{table} ORDER BY id")]
        for place, table in ABOUT.items()
    }
    ids["code"] = release.code
    return SimpleNamespace(
        member=member,
        study=study,
        table=table,
        run=run,
        refused=refused,
        waits=waits,
        release=release,
        review=review,
        linkings=linkings,
        ids=ids,
    )


@pytest.fixture
def browse(client, as_owner):
    """`browse(member)` is a browser in which the member is signed in."""

    def signed_in(member):
        with as_owner():
            second_factor(member)
        return sign_in(client, member)

    return signed_in


def fillings(route, ids):
    """The route with every id of the kind it is about, and with one of another kind."""
    place = route.text.removeprefix("counting/").split("/")[0]
    for one in (*ids.get(place, []), ids["estimates" if place != "estimates" else "lists"][0]):
        others = {"pk": one, "name": "single", "number": 0}
        yield {name: others.get(name, ids["code"]) for name, _ in route.holes}
        if not route.holes:
            return


def test_every_page_answers_its_analyst(whole, browse):
    """Every route with every id of the room: found or not found, never a fault; each page is met at least once."""
    browser, met = browse(whole.member), set()
    for route in OURS:
        for filling in fillings(route, whole.ids):
            response = browser.get("/" + route.path(filling).lstrip("/"))
            assert response.status_code in {200, 302, 404, 405, 422}, (route.text, response.status_code)
            if response.status_code == 200:
                met.add(route.name)
                assert "style=" not in response.content.decode(), route.name
    assert {route.name for route in OURS if route.name not in met} == set()


def test_no_page_answers_anybody_else(whole, browse, analysts, house):
    for member in (analysts.elsewhere, house.co_ordinator, house.manager, house.officer):
        browser = browse(member)
        for route in (one for one in OURS if one.holes and "public" not in one.name):
            path = "/" + route.path(next(fillings(route, whole.ids))).lstrip("/")
            for response in (browser.get(path), browser.post(path, {})):
                assert response.status_code in {403, 404, 405}, (member.username, path, response.status_code)


def test_lists_are_brought_through_the_page(study_by, browse, analysts, region, owner_sql):
    study, browser = study_by(), browse(analysts.rapporteur)
    said = {"by": "sex", "linkage": "hashed", "delivered_by": "Linkage unit", "delivered_on": dt.date(2026, 2, 1)}
    path = f"/counting/{study.pk}/lists/add/"
    wrong = browser.post(path, {**said, "file": SimpleUploadedFile("l.csv", b"a,b,sex,count\n1,0,f,5\n1,x,f,3\n")})
    assert wrong.status_code == 422
    assert (
        "row 3, column &#x27;b&#x27;" in wrong.content.decode()
        or "&#x27;x&#x27; is not 0 or 1" in wrong.content.decode()
    )
    assert owner_sql("SELECT count(*) FROM prevention_listtable") == [(0,)]
    right = browser.post(path, {**said, "file": SimpleUploadedFile("region.csv", region)}, follow=True)
    page = right.content.decode()
    assert "1\u202f467" in page or "1,467" in page
    assert "police + shelter: 42" in page


def test_cases_in_a_standard_are_checked_before_anything_is_spent(
    study_by, cases_in, browse, analysts, standard_cases, owner_sql
):
    study, browser = study_by(), browse(analysts.rapporteur)
    cases_in(study)
    path, said = f"/counting/{study.pk}/cases/add/", {"preset": "htcds", "delivered_by": "Case registry"}
    for name in ("CTDC, k-anonymous file of 2021", "CTDC, synthetic file of 2024", "HTCDS 2.0"):
        assert name in browser.get(path).content.decode()
    wrong = standard_cases.replace(b"Feminine", b"Lady", 1)
    page = browser.post(path, {**said, "file": SimpleUploadedFile("h.csv", wrong)})
    assert page.status_code == 422
    assert ">Lady</td>" in page.content.decode().replace("\n", "").replace(" ", "")
    page = browser.post(path, {**said, "file": SimpleUploadedFile("h.csv", standard_cases)}, follow=True)
    text = page.content.decode()
    order = [text.index(words) for words in ("every cell was checked", "prs_FirstName", "Epsilon of this release")]
    assert order == sorted(order)
    assert owner_sql("SELECT count(*) FROM prevention_release") == [(0,)]


def test_the_spread_comes_first_and_the_figures_are_those_of_the_record(whole, browse):
    page = browse(whole.member).get(f"/counting/estimates/{whole.run.pk}/").content.decode()
    order = [page.index(words) for words in ("Points of all methods", "What can be concluded", "All models", "SHA-256")]
    assert order == sorted(order)
    assert whole.run.digest in page
    assert "without police" in page
    assert "This range is published" in page


def test_a_refused_estimate_says_why_and_what_is_known_all_the_same(whole, browse):
    page = browse(whole.member).get(f"/counting/estimates/{whole.refused.pk}/").content.decode()
    assert "No person is on two lists" in page
    assert "what can be said all the same" in page


def test_the_review_comes_before_the_decision(whole, browse):
    page = browse(whole.member).get(f"/counting/releases/{whole.review.pk}/").content.decode()
    order = [page.index(words) for words in ("Disclosure-risk review", "Membership", "What readers will see")]
    assert order == sorted(order)
    assert "Decide" in page


def test_everybody_reads_what_is_published_and_nothing_of_the_study(whole, client, browse, house):
    """The dashboard is drawn from the released table alone; a range is never one figure."""
    for browser in (client, browse(house.officer)):
        page = browser.get("/counting/public/").content.decode()
        assert "Cases of the region" in page
        assert "<svg" in page
        assert [words in page for words in ("Told: weeks.csv", "Cases, with noise")] == [True] * 2
        assert [words in page for words in ("1,467", "Again", "Linkage unit")] == [False] * 3
        table = browser.get(f"/counting/public/{whole.release.code}/single/")
        assert table.content.startswith(b"column,value,count")
        assert browser.get(f"/counting/public/{whole.release.code}/cases/").status_code == 404


def test_each_public_page_leads_to_the_other(house, client):
    for here, there in (("/counting/public/", "/partnership/public/"), ("/partnership/public/", "/counting/public/")):
        page = client.get(here).content.decode()
        assert f'class="button button--plain" href="{there}"' in page
        assert f'class="button button--plain" href="{here}"' not in page


def test_figures_of_others_stand_beside_ours_with_source_date_and_grade(whole, browse, client, owner_sql):
    browser = browse(whole.member)
    kept = dict(owner_sql("SELECT name, id FROM prevention_series"))
    study, run = whole.study.pk, whole.run.pk
    pages = {f"{study}/trends/": "UNODC", f"series/{kept['weeks.csv']}/": "UNHCR", f"estimates/{run}/": "Walk Free"}
    pages |= {f"{study}/report/": "UNODC", f"releases/{whole.review.pk}/": "Recruitment costs", "public/": "Conflict"}
    for path, words in pages.items():
        page = browser.get(f"/counting/{path}").content.decode()
        assert [part in page for part in (words, "Nothing on this page was computed with them", "<abbr")] == [True] * 3
    assert "never computed with" in client.get("/counting/public/context/").content.decode()


def test_a_series_shows_alarms_with_reasons_and_known_changes(whole, browse, owner_sql):
    kept = dict(owner_sql("SELECT name, id FROM prevention_series"))
    browser = browse(whole.member)
    page = browser.get(f"/counting/series/{kept['weeks.csv']}/").content.decode()
    assert "would not surprise" in page
    assert "detection changed here" in page
    assert "holds among all strata" in page
    assert "Expected in the end" not in page
    assert "Expected in the end" in browser.get(f"/counting/series/{kept['delays.csv']}/").content.decode()


def test_a_series_told_is_reviewed_as_a_table_is(whole, browse, owner_sql):
    kept = dict(owner_sql("SELECT title, id FROM prevention_release WHERE series_id IS NOT NULL"))
    page = browse(whole.member).get(f"/counting/releases/{kept['Told: weeks.csv']}/").content.decode()
    order = [page.index(words) for words in ("Membership", "Weeks shown", "What readers will see", "Hotline")]
    assert order == sorted(order)
    assert "Take it back" in page


def test_a_pair_shows_values_and_weight_where_names_were_linked_and_keys_alone_otherwise(whole, browse, owner_sql):
    names, hashes = whole.linkings
    browser = browse(whole.member)
    page = browser.get(f"/counting/links/{names.pk}/pairs/0/").content.decode()
    assert "What the records say" in page
    assert "Any two records" in page
    page = browser.get(f"/counting/links/{hashes.pk}/pairs/0/").content.decode()
    assert "What the records say" not in page
    assert "Only hashes were sent" in page
    path = f"/counting/links/{hashes.pk}/pairs/0/"
    done = browser.post(path, {"verdict": "different", "reason": "The shelter knows both."})
    assert done.status_code == 302
    assert "Two persons" in browser.get(f"/counting/links/{hashes.pk}/").content.decode()
    looked = owner_sql("SELECT count(*) FROM office_logline WHERE verb = 'prevention.read_pair'")
    assert looked == [(3,)]


def test_files_are_brought_through_the_page(study_by, browse, analysts, agency_files):
    study, browser = study_by(), browse(analysts.rapporteur)
    path, told = f"/counting/{study.pk}/lists/link/", {"delivered_by": "Agencies", "delivered_on": "2026-02-01"}

    def files():
        return [SimpleUploadedFile(name, data) for name, data in agency_files]

    assert "These files hold names" in browser.post(path, {**told, "file": files()}).content.decode()
    done = browser.post(path, {**told, "names_basis": "Act 12/2019", "file": files()})
    assert done.status_code == 302
    page = browser.get(done.headers["Location"]).content.decode()
    assert "Act 12/2019" in page
    counted = browser.post(done.headers["Location"] + "count/", follow=True).content.decode()
    assert "By names, on a recorded legal basis" in counted
    assert "The files are deleted" in browser.get(done.headers["Location"]).content.decode()


def test_a_linkage_that_was_given_up_says_so(study_by, browse, analysts, hashed_files):
    told = {"names_basis": "", "delivered_by": "Agencies", "delivered_on": dt.date(2026, 2, 1)}
    found = do(analysts.rapporteur, link_files, study=study_by(), files=hashed_files, **told)
    browser, path = browse(analysts.rapporteur), f"/counting/links/{found.pk}/"
    assert browser.post(path + "discard/").status_code == 302
    page = browser.get(path)
    assert page.status_code == 200
    assert "Given up; the files are deleted" in page.content.decode()
    assert "Nothing was counted." in page.content.decode()


def test_report_tables_name_the_figures_that_a_report_calls(whole, browse):
    page = browse(whole.member).get(f"/counting/{whole.study.pk}/report/").content.decode()
    for name in ("estimated_persons_lower", "estimated_persons_upper", "known_persons"):
        assert f"prevention.{name}" in page
    assert "at least 1\u202f460" in page


def test_work_under_way_is_told_and_asked_again(whole, browse, work):
    browser = browse(whole.member)
    address = f"/counting/estimates/{whole.waits.pk}/"
    assert "0 of 6" in browser.get(address).content.decode()
    work()
    assert browser.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


#: What each page asks: six statements of the request itself, then its own.
ASKED = {"": 11, "lists/": 8, "estimates/": 9, "releases/": 10, "trends/": 7, "report/": 15}


def test_a_page_asks_a_fixed_number_of_statements(whole, browse, monkeypatch):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    monkeypatch.setattr("palermo.ui.navigation._entries", {})  # what other rooms count there is theirs
    browser = browse(whole.member)
    pages = {f"{whole.study.pk}/{name}": number for name, number in ASKED.items()}
    pages |= {f"lists/{whole.table.pk}/": 7, f"estimates/{whole.run.pk}/": 9, f"releases/{whole.review.pk}/": 11}
    found = {}
    for path in pages:
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/counting/{path}")
        found[path] = len(asked)
    assert found == pages


def test_every_form_takes_plausible_values_or_says_what_is_wrong(whole, browse):
    browser = browse(whole.member)
    ids = [str(one) for some in whole.ids.values() if isinstance(some, list) for one in some]
    seen = SimpleNamespace(redirected=0, mended=0)
    # What is closed takes nothing more, so that form comes last.
    for route in sorted(OURS, key=lambda one: one.name.endswith("close")):
        for filling in fillings(route, whole.ids):
            path = "/" + route.path(filling).lstrip("/")
            status = browser.post(path, fields_of(browser.get(path), ids)).status_code
            assert status in {200, 302, 404, 405, 422}, (path, status)
            seen.redirected += status == 302
            seen.mended += status == 422
    assert seen.redirected > 5
    assert seen.mended > 1
