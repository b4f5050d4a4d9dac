"""Addresses of prevention."""

from django.urls import path

from palermo.prevention.pages import (
    context,
    estimates,
    linking,
    lists,
    public,
    releases,
    report,
    series_releases,
    studies,
    trends,
)

app_name = "prevention"
urlpatterns = [
    path("", studies.study_list, name="studies"),
    path("new/", studies.study_new, name="study_new"),
    path("<uuid:pk>/", studies.study, name="study"),
    path("<uuid:pk>/close/", studies.study_close, name="study_close"),
    path("<uuid:pk>/lists/", lists.lists, name="lists"),
    path("<uuid:pk>/lists/add/", lists.lists_add, name="lists_add"),
    path("<uuid:pk>/lists/link/", linking.link_add, name="link_add"),
    path("links/<uuid:pk>/", linking.linking, name="linking"),
    path("links/<uuid:pk>/pairs/<int:number>/", linking.pair, name="pair"),
    path("links/<uuid:pk>/count/", linking.linking_count, name="linking_count"),
    path("links/<uuid:pk>/discard/", linking.linking_discard, name="linking_discard"),
    path("lists/<uuid:pk>/", lists.overlap, name="overlap"),
    path("lists/<uuid:pk>/withdraw/", lists.lists_withdraw, name="lists_withdraw"),
    path("lists/<uuid:pk>/estimate/", estimates.estimate_ask, name="estimate_ask"),
    path("<uuid:pk>/estimates/", estimates.estimates, name="estimates"),
    path("estimates/<uuid:pk>/", estimates.estimate, name="estimate"),
    path("estimates/<uuid:pk>/publish/", estimates.estimate_publish, name="estimate_publish"),
    path("estimates/<uuid:pk>/withdraw/", estimates.estimate_withdraw, name="estimate_withdraw"),
    path("<uuid:pk>/releases/", releases.releases, name="releases"),
    path("<uuid:pk>/budget/", releases.budget_set, name="budget_set"),
    path("<uuid:pk>/cases/add/", releases.cases_add, name="cases_add"),
    path("cases/<uuid:pk>/release/", releases.release_ask, name="release_ask"),
    path("releases/<uuid:pk>/", releases.release, name="release"),
    path("releases/<uuid:pk>/decide/", releases.release_decide, name="release_decide"),
    path("releases/<uuid:pk>/withdraw/", releases.release_withdraw, name="release_withdraw"),
    path("<uuid:pk>/trends/", trends.trends, name="trends"),
    path("<uuid:pk>/trends/add/", trends.series_add, name="series_add"),
    path("series/<uuid:pk>/", trends.series, name="series"),
    path("series/<uuid:pk>/release/", series_releases.series_release_ask, name="series_release_ask"),
    path("<uuid:pk>/report/", report.report, name="report"),
    path("public/", public.home, name="public"),
    path("public/context/", context.context, name="context"),
    path("public/<slug:code>/<slug:name>/", public.file, name="public_file"),
]
