"""Addresses of commitments, law register, outcomes and the States' pages."""

from django.urls import path

from palermo.partnership.pages import commitments, law, outcomes, states

urlpatterns = [
    path("commitments/", commitments.commitment_list, name="commitments"),
    path("commitments/load/", commitments.commitments_load, name="commitments_load"),
    path("commitments/law/", law.comparison, name="law"),
    path("commitments/<uuid:pk>/", commitments.commitment_page, name="commitment"),
    path("commitments/provisions/<uuid:pk>/texts/add/", commitments.text_add, name="text_add"),
    path("commitments/law/<uuid:pk>/end/", law.law_end, name="law_end"),
    path("commitments/bills/<uuid:pk>/", law.bill_move, name="bill_move"),
    path("commitments/outcomes/<uuid:pk>/", outcomes.outcome_move, name="outcome_move"),
    path("states/", states.states, name="states"),
    path("states/<str:code>/", states.state_page, name="state"),
    path("states/<str:code>/law/add/", law.law_add, name="law_add"),
    path("states/<str:code>/gaps/<uuid:pk>/", law.gap_add, name="gap_add"),
    path("states/<str:code>/bills/add/", law.bill_add, name="bill_add"),
    path("states/<str:code>/outcomes/add/", outcomes.outcome_add, name="outcome_add"),
]
