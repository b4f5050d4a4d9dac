"""Addresses of findings, reports and the public page."""

from django.urls import path

from palermo.partnership.pages import convergence, figures, finding_forms, findings, public, public_calendar, reports

urlpatterns = [
    path("findings/", findings.finding_list, name="findings"),
    path("findings/add/", finding_forms.finding_add, name="finding_add"),
    path("findings/import/", finding_forms.findings_import, name="findings_import"),
    path("findings/convergence/", convergence.convergence, name="convergence"),
    path("findings/offers/", convergence.offers, name="offers"),
    path("findings/<uuid:pk>/", findings.finding_page, name="finding"),
    path("findings/<uuid:pk>/text/", finding_forms.text_add, name="finding_text"),
    path("findings/<uuid:pk>/publish/", finding_forms.finding_publish, name="finding_publish"),
    path("findings/<uuid:pk>/reply/", finding_forms.reply_add, name="finding_reply"),
    path("findings/<uuid:pk>/measure/", finding_forms.measure_add, name="finding_measure"),
    path("findings/<uuid:pk>/assess/", finding_forms.assessment_add, name="finding_assess"),
    path("findings/<uuid:pk>/again/", finding_forms.follow_up_add, name="finding_again"),
    path("findings/<uuid:pk>/link/", finding_forms.link_add, name="finding_link"),
    path("reports/", reports.report_list, name="reports"),
    path("reports/add/", reports.report_add, name="report_add"),
    path("reports/figures/", figures.figure_list, name="figures"),
    path("reports/figures/frozen/<uuid:pk>/", figures.frozen_page, name="frozen"),
    path("reports/figures/frozen/<uuid:pk>/recount/", figures.frozen_recount, name="frozen_recount"),
    path("reports/figures/<str:name>/", figures.figure_page, name="figure"),
    path("reports/<uuid:pk>/", reports.report_page, name="report"),
    path("reports/<uuid:pk>/write/", reports.report_write, name="report_write"),
    path("reports/<uuid:pk>/freeze/", reports.report_freeze, name="report_freeze"),
    path("reports/<uuid:pk>/publish/", reports.report_publish, name="report_publish"),
    path("reports/<uuid:pk>/file/<slug:kind>/", reports.report_file, name="report_file"),
    path("public/", public.home, name="public"),
    path("public/calendar/", public_calendar.calendar, name="public_calendar"),
    path("public/calendar.ics", public_calendar.calendar_ics, name="public_calendar_ics"),
    path("public/findings/", public.finding_list, name="public_findings"),
    path("public/reports/<int:year>/<slug:language>/", public.report, name="public_report"),
    path("public/reports/<int:year>/<slug:language>/<slug:kind>/", public.report_file, name="public_report_file"),
]
