"""Addresses of prosecution. None holds a name or an account number."""

from django.urls import path

from palermo.prosecution.pages import accounts, backwards, board, courts, findings, home, leaving, money, people, proofs

app_name = "prosecution"
urlpatterns = [
    path("", home.investigation_list, name="investigations"),
    path("new/", home.investigation_new, name="investigation_new"),
    path("<uuid:pk>/", board.board, name="board"),
    path("<uuid:pk>/close/", home.investigation_close, name="investigation_close"),
    # Persons
    path("<uuid:pk>/people/add/", people.party_add, name="party_add"),
    path("people/<uuid:pk>/", people.party, name="party"),
    path("people/<uuid:pk>/name/", people.party_name, name="party_name"),
    path("people/<uuid:pk>/change/", people.party_change, name="party_change"),
    path("people/<uuid:pk>/account/", people.holding_add, name="holding_add"),
    path("people/<uuid:pk>/link/", people.link_add, name="link_add"),
    path("links/<uuid:pk>/end/", people.link_end, name="link_end"),
    # Elements and evidence
    path("<uuid:pk>/elements/", proofs.elements, name="elements"),
    path("people/<uuid:pk>/support/", proofs.support_add, name="support_add"),
    path("supports/<uuid:pk>/remove/", proofs.support_remove, name="support_remove"),
    path("<uuid:pk>/evidence/", proofs.evidence, name="evidence"),
    path("<uuid:pk>/evidence/add/", proofs.item_add, name="item_add"),
    path("<uuid:pk>/evidence/schedule/", proofs.schedule, name="schedule"),
    path("<uuid:pk>/authorities/add/", proofs.authority_add, name="authority_add"),
    path("items/<uuid:pk>/", proofs.item, name="item"),
    path("items/<uuid:pk>/hand-over/", proofs.item_hand_over, name="item_hand_over"),
    path("items/<uuid:pk>/disclosure/", proofs.item_disclosure, name="item_disclosure"),
    path("items/<uuid:pk>/withdraw/", proofs.item_withdraw, name="item_withdraw"),
    # Proceedings
    path("<uuid:pk>/proceedings/", courts.proceedings, name="proceedings"),
    path("people/<uuid:pk>/step/", courts.step_add, name="step_add"),
    path("people/<uuid:pk>/compelled/", courts.decision_add, name="decision_add"),
    # Money
    path("<uuid:pk>/money/", money.money, name="money"),
    path("<uuid:pk>/money/upload/", money.upload, name="upload"),
    path("<uuid:pk>/money/ledger/", money.book_ask, name="book_ask"),
    path("files/<uuid:pk>/", money.file, name="file"),
    path("ledgers/<uuid:pk>/", money.book, name="book"),
    path("ledgers/<uuid:pk>/accept/", money.book_accept, name="book_accept"),
    path("ledgers/<uuid:pk>/accounts/<int:number>/", accounts.account, name="account"),
    path("ledgers/<uuid:pk>/graph/", accounts.money_graph, name="money_graph"),
    path("ledgers/<uuid:pk>/trace/", money.trace_ask, name="trace_ask"),
    path("ledgers/<uuid:pk>/back/", backwards.back_ask, name="back_ask"),
    path("ledgers/<uuid:pk>/search/", money.search_ask, name="search_ask"),
    path("answers/<uuid:pk>/", findings.analysis, name="analysis"),
    path("answers/<uuid:pk>/flow/<slug:rule>/", findings.flow, name="flow"),
    path("answers/<uuid:pk>/freeze/", findings.freeze, name="freeze"),
    # What leaves the room
    path("<uuid:pk>/leaving/", leaving.leaving, name="leaving"),
    path("<uuid:pk>/leaving/evidence/", leaving.evidence_ask, name="evidence_ask"),
    path("<uuid:pk>/leaving/goaml/", leaving.goaml_ask, name="goaml_ask"),
    path("<uuid:pk>/leaving/rows/", leaving.rows_ask, name="rows_ask"),
    path("exports/<uuid:pk>/take/", leaving.export_take, name="export_take"),
    # Letters
    path("<uuid:pk>/letters/", courts.letters, name="letters"),
    path("<uuid:pk>/letters/add/", courts.letter_add, name="letter_add"),
    path("letters/<uuid:pk>/", courts.letter, name="letter"),
    path("letters/<uuid:pk>/reply/", courts.letter_reply, name="letter_reply"),
]
