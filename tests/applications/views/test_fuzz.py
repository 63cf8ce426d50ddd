"""Whatever is posted to any question, the draft stays one whose answers hold: never an error of ours (figure 16).

FUZZ_POSTS sets how many posts are made; 10,000 take some minutes.
"""

import random

import pytest
from django.db import transaction

from applications.journey.offered import choices_on
from applications.journey.steps import STEPS
from applications.journey.walker import walk
from applications.models import Application
from applications.queries import answers_of
from tests.applications.fuzzing import FOREIGN, FORM, NASTY, POSTS, SEED, encoded, no_form
from tests.applications.views.test_course_step import LATE
from tests.factories.applications import NOW, draft_of
from tests.factories.catalogue import CourseRunFactory, OfferFactory, QualificationFactory

pytestmark = pytest.mark.django_db
ELSEWHERE = {
    "childcare-kind": {"setting": {"setting": "early_years"}},
    "ofsted": {
        "setting": {"setting": "early_years"},
        "childcare_kind": {"childcare_kind": "private_nursery"},
    },
    "employment": {"setting": {"setting": "another_setting"}},
    "employer": {
        "setting": {"setting": "another_setting"},
        "employment": {"employment": "hospital_school"},
    },
    "itt-provider": {
        "setting": {"setting": "another_setting"},
        "employment": {"employment": "lead_mentor_for_accredited_itt_provider"},
    },
    "adviser": {"setting": {"setting": "other"}},
    "npqh": {"npq": {"npq": "npq-early-headship-coaching-offer"}},
    "new-head": {
        "npq": {"npq": "npq-early-headship-coaching-offer"},
        "npqh": {"npqh": "completed"},
    },
    "mastery": {"npq": {"npq": "npq-leading-primary-mathematics"}},
    "mastery-shown": {
        "npq": {"npq": "npq-leading-primary-mathematics"},
        "mastery": {"mastery": "no"},
    },
    "senco": {"npq": {"npq": "npq-senco"}},
    "who-pays": {"npq": {"npq": "npq-leading-literacy"}},
}


@pytest.fixture
def wide_world(world):
    for npq in ("npq-early-headship-coaching-offer", "npq-leading-primary-mathematics", "npq-senco"):
        OfferFactory(
            provider=world.ambition, qualification=QualificationFactory(identifier=npq), term=world.term
        )
    CourseRunFactory(provider=world.ambition, qualification=world.headship, term=world.term, **LATE)
    return world


def likely(step, choices, known):
    """Values that the question may well take, so that some posts go through."""
    values = [*known.get(step.slug, {}).values()]
    for ask in step.asks:
        values += [option.value for option in choices.options(ask, known) or ()]
    return [str(value) for value in values] + [
        "800100",
        "EY101465",
        "1234567",
        "27",
        "3",
        "1987",
        "9/2024",
        "Ada",
        "on",
        "not-listed",
    ]


def body_of(dice, step, values, given):
    """The answer that is there already, or pairs of names and values, or no form at all; and its content type."""
    kind = dice.random()
    if kind < 0.1:
        return no_form(dice)
    names = [ask.name for ask in step.asks]
    pairs = [
        (dice.choice(names if dice.random() < 0.85 else FOREIGN), dice.choice(values))
        for _ in range(1_100 if kind < 0.11 else dice.randrange(5))
    ]
    if kind > 0.8:
        again = [(name, value) for name in names for value in listed(given.get(name, ()))]
        pairs = again + pairs[: dice.randrange(2)]
    return encoded(pairs), FORM


def listed(value):
    return value if isinstance(value, list | tuple) else [value]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_no_post_breaks_a_draft(teacher_client, teacher, wide_world, step):
    dice = random.Random(f"{SEED} {step.slug}")
    choices = choices_on(NOW.date())
    answers = {"course": {"course": "none"}, **ELSEWHERE.get(step.slug, {})}
    draft = draft_of(teacher, seen=step.slug in from_funding_on(), **answers)
    address = f"/applications/{draft.pk}/{step.slug}/"
    assert teacher_client.get(address).status_code == 200, "the fuzz does not reach this question"
    given = answers_of(draft).get(step.slug, {})
    values = [*NASTY, *likely(step, choices, answers_of(draft)) * 3]
    before = Application.objects.values().get()
    saved = 0
    for _ in range(POSTS // len(STEPS) + 1):
        body, content_type = body_of(dice, step, values, given)
        with transaction.atomic():
            response = teacher_client.post(address, body, content_type=content_type)
            assert response.status_code in (200, 302, 400, 413), body
            after = Application.objects.values().get()
            saved += after["answers_saved_at"] != before["answers_saved_at"]
            assert {**after, "answers_saved_at": None} == {**before, "answers_saved_at": None}, body
            assert walk(answers_of(draft), choices).dropped == () or response.status_code != 302, body
            transaction.set_rollback(True)
    assert saved or POSTS < 5_000, "no post went through, so nothing was tried"


def from_funding_on():
    slugs = [step.slug for step in STEPS]
    return slugs[slugs.index("funding") :]
