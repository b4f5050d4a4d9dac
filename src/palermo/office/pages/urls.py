"""Addresses of the office."""

from django.urls import path

from palermo.office.pages import directory, members, notices, oversight, persons

app_name = "office"
urlpatterns = [
    path("notices/", notices.inbox, name="notices"),
    path("notices/noted/", notices.noted, name="notices_noted"),
    path("notices/<uuid:notice>/read/", notices.read, name="read_notice"),
    path("directory/", directory.show, name="directory"),
    path("members/", members.show, name="members"),
    path("members/appoint/", members.appoint, name="appoint"),
    path("members/<uuid:member>/dismiss/", members.dismiss, name="dismiss"),
    path("members/<uuid:member>/renew/", members.renew, name="renew"),
    path("emergency/", persons.emergency, name="emergency"),
    path("persons/<uuid:person>/", persons.show, name="person"),
    path("persons/<uuid:person>/report/", persons.report, name="report"),
    path("persons/<uuid:person>/rights/", persons.ask, name="ask_right"),
    path("oversight/log/", oversight.log, name="log"),
    path("oversight/openings/", oversight.openings, name="openings"),
    path("oversight/openings/<uuid:opening>/", oversight.opening, name="opening"),
    path("oversight/rights/", oversight.rights, name="rights"),
    path("oversight/rights/<uuid:asked>/", oversight.right, name="right"),
    path("oversight/searches/", oversight.searches, name="searches"),
]
