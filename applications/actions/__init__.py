"""The only writers of applications. A write is a verb with a signer: `register(application=, by=, now=)`.

Every verb is one transaction, moves the state by a conditional update, leaves exactly one audit row, and
queues its mail as outbox rows in the same transaction. What it refuses it refuses by one of the errors in
`errors`, and then nothing has changed.
"""

from applications.actions.changing import change_course, change_provider
from applications.actions.changing_records import change_record
from applications.actions.drafts import answer, carry_over, discard, start
from applications.actions.erasing import erase
from applications.actions.forms import save_form
from applications.actions.funding_review import review_funding
from applications.actions.merging import merge
from applications.actions.messages import ask_for_more, send_information, write_message
from applications.actions.moving_runs import move_to_run
from applications.actions.offers import lapse, offer_place, put_on_waiting_list, take_up, turn_down
from applications.actions.own_offers import withdraw_offer
from applications.actions.provider_forms import begin_draft, publish_form, save_draft
from applications.actions.registration import register
from applications.actions.reminders import choose_reminders, remind_applicant, switch_off
from applications.actions.reverting import revert
from applications.actions.review import accept, note, reject
from applications.actions.saved_filters import delete_filter, save_filter
from applications.actions.scoring import score
from applications.actions.sponsor import (
    ask_sponsor,
    change_sponsor,
    decline,
    endorse,
    remind,
    say_wrong_person,
    send_link_again,
)
from applications.actions.training import record_training
from applications.actions.two_people import say_two_people, take_back_two_people
from applications.actions.undoing import undo
from applications.actions.waiting_order import move_in_line
from applications.actions.withdrawal import withdraw

__all__ = [
    "accept",
    "answer",
    "ask_for_more",
    "ask_sponsor",
    "begin_draft",
    "carry_over",
    "change_course",
    "change_provider",
    "change_record",
    "change_sponsor",
    "choose_reminders",
    "decline",
    "delete_filter",
    "discard",
    "endorse",
    "erase",
    "lapse",
    "merge",
    "move_in_line",
    "move_to_run",
    "note",
    "offer_place",
    "publish_form",
    "put_on_waiting_list",
    "record_training",
    "register",
    "reject",
    "remind",
    "remind_applicant",
    "revert",
    "review_funding",
    "save_draft",
    "save_filter",
    "save_form",
    "say_two_people",
    "say_wrong_person",
    "score",
    "send_information",
    "send_link_again",
    "start",
    "switch_off",
    "take_back_two_people",
    "take_up",
    "turn_down",
    "undo",
    "withdraw",
    "withdraw_offer",
    "write_message",
]
