"""What protection did with a person's data, in words that the person can read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "protection.add_risk": _("wrote down a danger to you"),
    "protection.answer_concern": _("answered somebody who was worried about you"),
    "protection.answer_question": _("wrote down an answer of yours"),
    "protection.answer_referral": _("answered another service that asked for help for you"),
    "protection.appeal_identification": _("asked for the decision about you to be looked at again"),
    "protection.close_case": _("ended their work with you"),
    "protection.decide_appeal": _("decided on your appeal"),
    "protection.decide_identification": _("decided whether you are recognised as a victim"),
    "protection.escalate_referral": _("pressed for an answer that was late"),
    "protection.extend_reflection": _("gave you more time to recover and to think"),
    "protection.finish_referral": _("wrote down what help you had received"),
    "protection.finish_screening": _("ended the conversation with its questions"),
    "protection.judge_presumption": _("confirmed, or changed, what the answers suggested"),
    "protection.move_service": _("wrote down how the help for you goes on"),
    "protection.note_guardian": _("wrote down who your guardian is"),
    "protection.open_case": _("began to work with you"),
    "protection.open_package": _("read the data that were sent for you"),
    "protection.pause_screening": _("paused the conversation"),
    "protection.plan_service": _("planned help for you"),
    "protection.raise_concern": _("received word from somebody who was worried about you"),
    "protection.read_board": _("looked at numbers, without names"),
    "protection.read_case": _("read your file"),
    "protection.read_concern": _("read what somebody who was worried about you had written"),
    "protection.recall_disclosure": _("called back data that had been sent about you"),
    "protection.request_guardian": _("asked for a guardian for you"),
    "protection.resolve_risk": _("wrote down that a danger is over"),
    "protection.send_link": _("sent a sealed message about help for you"),
    "protection.send_referral": _("asked another service to help you"),
    "protection.start_screening": _("began a conversation with questions"),
    "protection.stop_screening": _("stopped the conversation when you wished"),
    "protection.take_up_concern": _("followed up a worry about you"),
    "protection.withdraw_referral": _("took back a request for help for you"),
}
