"""Addresses of the desk's first page, visits, the shared calendar, subscriptions and imports."""

from django.urls import path

from palermo.partnership.pages import calendar, desk, feeds, initiatives, plans_import, visit_moves, visit_plan, visits

urlpatterns = [
    path("", desk.desk_page, name="home"),
    path("visits/", visits.visit_list, name="visits"),
    path("visits/busy/", visits.busy, name="busy"),
    path("visits/plan/", visit_plan.visit_add, name="visit_add"),
    path("visits/check/", visit_plan.visit_check, name="visit_check"),
    path("visits/team/<uuid:pk>/leave/", visit_moves.team_leave, name="team_leave"),
    path("visits/interlocutors/<uuid:pk>/", visit_moves.interlocutor_met, name="interlocutor_met"),
    path("visits/<uuid:pk>/", visits.visit_page, name="visit"),
    path("visits/<uuid:pk>/change/", visit_plan.visit_change, name="visit_change"),
    path("visits/<uuid:pk>/team/", visit_moves.team_add, name="team_add"),
    path("visits/<uuid:pk>/interlocutors/", visit_moves.interlocutor_add, name="interlocutor_add"),
    path("visits/<uuid:pk>/<slug:move>/", visit_moves.visit_move, name="visit_move"),
    path("calendar/", calendar.calendar_page, name="calendar"),
    path("calendar/initiatives/add/", initiatives.initiative_add, name="initiative_add"),
    path("calendar/initiatives/<uuid:pk>/", initiatives.initiative_page, name="initiative"),
    path("calendar/initiatives/<uuid:pk>/change/", initiatives.initiative_change, name="initiative_change"),
    path("calendar/steps/add/", initiatives.step_add, name="step_add"),
    path("calendar/steps/<uuid:pk>/", initiatives.step_page, name="step"),
    path("calendar/steps/<uuid:pk>/confirm/", initiatives.step_confirm, name="step_confirm"),
    path("calendar/import/", plans_import.plans_import, name="plans_import"),
    path("calendar/export/<slug:what>/", plans_import.plans_export, name="plans_export"),
    path("calendar/subscriptions/", feeds.feeds, name="feeds"),
    path("calendar/subscriptions/add/", feeds.feed_add, name="feed_add"),
    path("calendar/subscriptions/<uuid:pk>/revoke/", feeds.feed_revoke, name="feed_revoke"),
    # The secret address: what stands in it is its key.
    path("feeds/<str:token>/palermo.ics", feeds.feed, name="feed"),
]
