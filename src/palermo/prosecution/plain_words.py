"""What prosecution did, in words. No line of these is about the file of a person in protection."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "prosecution.accept_book": _("looked at transfers that were seen from two accounts"),
    "prosecution.add_holding": _("noted an account in an investigation"),
    "prosecution.add_item": _("added evidence to an investigation"),
    "prosecution.add_party": _("added a person to an investigation"),
    "prosecution.add_support": _("noted what evidence shows in an investigation"),
    "prosecution.ask_book": _("put bank statements together"),
    "prosecution.ask_search": _("looked for patterns in payments"),
    "prosecution.ask_trace": _("followed payments"),
    "prosecution.change_party": _("changed what a person is in an investigation"),
    "prosecution.close_investigation": _("closed an investigation"),
    "prosecution.decide_non_punishment": _("decided whether a victim was compelled to an offence"),
    "prosecution.end_link": _("ended the link between an investigation and a case"),
    "prosecution.export_investigation": _("made a report of an investigation"),
    "prosecution.hand_over": _("noted who has an item of evidence"),
    "prosecution.keep_statements": _("kept bank statements under a lawful authority"),
    "prosecution.link_victim": _("linked an investigation with a case, on what you agreed to"),
    "prosecution.mend_reading": _("said how a bank statement is read"),
    "prosecution.note_reply": _("noted a bank's answer"),
    "prosecution.open_investigation": _("opened an investigation"),
    "prosecution.read_investigation": _("read an investigation"),
    "prosecution.read_party_name": _("looked up who a person of an investigation is"),
    "prosecution.record_authority": _("recorded an order, a consent or a report"),
    "prosecution.record_step": _("recorded a step of proceedings"),
    "prosecution.remove_support": _("took back what evidence was said to show"),
    "prosecution.save_bank_reading": _("saved how statements of a bank are read"),
    "prosecution.send_request": _("wrote to a bank"),
    "prosecution.set_disclosure": _("decided whether the defence gets an item of evidence"),
    "prosecution.withdraw_item": _("withdrew an item of evidence"),
    "prosecution.ask_back": _("asked where a payment came from"),
    "prosecution.ask_export": _("made a file of an investigation to be taken out"),
    "prosecution.take_export": _("took a file of an investigation out"),
}
