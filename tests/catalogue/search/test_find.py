"""What is found for what was typed."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from catalogue.search import find as finding
from catalogue.search.find import OF_EACH, PER_PAGE, Named
from tests.catalogue.conftest import DAY
from tests.factories import catalogue as make

pytestmark = pytest.mark.django_db


def find(typed, **options):
    return finding.find(typed, DAY, **options)


def titles(typed, **options):
    return {group.kind: [str(hit.thing) for hit in group.hits] for group in find(typed, **options).groups}


def test_a_statement_that_a_newer_edition_has_word_for_word_is_found_once():
    section = make.SectionFactory()
    older, newer = (
        make.EditionFactory(qualification=section.qualification, published_on=date(year, 7, 1))
        for year in (2021, 2022)
    )
    kept = make.StatementFactory(section=section, edition=newer, number="1", text="Spaced practice.")
    make.StatementFactory(section=section, edition=older, number="1", text="Spaced practice.")
    reworded = make.StatementFactory(section=section, edition=older, number="2", text="Spaced lessons.")
    make.StatementFactory(section=section, edition=newer, number="2", text="Lessons apart.")
    of_no_day = make.StatementFactory(section=section, edition=None, number="1", text="Spaced practice.")
    (group,) = find("spaced").groups
    assert group.total == 3
    assert {hit.thing for hit in group.hits} == {kept, reworded, of_no_day}


def test_what_goes_on_says_so():
    make.QualificationFactory(name="One", summary="Zebra. " + "More is said of it. " * 12)
    make.QualificationFactory(name="Two", summary="Zebras finish everything.", audience="")
    one, two = sorted(str(hit.text) for hit in find("zebra").groups[0].hits)
    assert one.startswith("<mark>Zebra</mark>. More")
    assert one.endswith(" …")
    assert not two.endswith("…")


def test_a_run_by_npq_and_hub_together():
    run = make.CourseRunFactory(qualification__name="Headship", hub__name="Saffron Hub")
    make.CourseRunFactory(qualification=run.qualification)
    assert [hit.thing for hit in find("headship saffron").groups[-1].hits] == [run]


def test_runs_stand_in_the_order_of_their_dates():
    npq = make.QualificationFactory(name="Headship")
    days = (None, date(2026, 9, 1), date(2027, 3, 1), date(2026, 10, 1), date(2027, 1, 13))
    undated, older, march, newer, january = (
        make.CourseRunFactory(qualification=npq, starts_on=day, ends_on=None, apply_by=None) for day in days
    )
    every = find("headship", kind="run").groups[-1].hits
    assert [hit.thing for hit in every] == [january, march, undated, newer, older]
    assert [hit.thing for hit in find("headship").groups[-1].hits] == [january, march, undated, newer]


def test_a_provider_by_its_ofsted_grade():
    graded = make.LeadProviderFactory(ofsted_grade="Good", ofsted_on=date(2025, 5, 1))
    make.LeadProviderFactory()
    assert titles("ofsted good") == {"provider": [str(graded)]}
    graded.ofsted_grade, graded.ofsted_on = "", None
    graded.save()
    assert titles("ofsted") == {}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("behavour", "behaviour"),
        ("behavour culture", "behaviour culture"),
        ("Safron", "saffron"),
        ("behavio", ""),
        ("zzzzzz", ""),
        ("saffron zebra", ""),
        ("saffron behavour", ""),  # each is there, and nothing has both
    ],
)
def test_what_may_have_been_meant(typed, meant):
    make.QualificationFactory(name="Leading behaviour and culture")
    make.HubFactory(name="Saffron Teaching School Hub")
    assert find(typed).meant == meant


def test_what_is_called_so_stands_first_then_what_begins_so_then_what_has_the_phrase():
    loose = make.QualificationFactory(name="Headship", summary="First published for teachers of status.")
    phrase = make.QualificationFactory(name="Coaching", summary="With Teach First.")
    make.LeadProviderFactory(name="Teach First")
    make.DeliveryPartnerFactory(name="Teach First North")
    found = find("teach first")
    assert [(group.kind, group.named) for group in found.best_first] == [
        ("provider", Named.IS_JUST_THAT),
        ("partner", Named.BEGINS_SO),
        ("qualification", Named.HAS_THE_PHRASE),
    ]
    assert [hit.thing for hit in found.groups[0].hits] == [phrase, loose]
    assert find("first teach").best_first[0].kind == "qualification"


def test_partners():
    partner = make.DeliveryPartnerFactory(name="Hill Alliance")
    assert titles("alliance") == {"partner": [str(partner)]}


def test_a_phrase_and_what_must_not_be_there():
    make.DeliveryPartnerFactory(name="Hill School Alliance")
    make.DeliveryPartnerFactory(name="School on the Hill")
    assert titles('"hill school"') == {"partner": ["Hill School Alliance"]}
    assert titles("hill -alliance") == {"partner": ["School on the Hill"]}
    assert titles("hill zebra -alliance") == {"partner": ["School on the Hill"]}


def test_markup_in_the_data_is_text():
    make.DeliveryPartnerFactory(name="Hill <b>Alliance</b>")
    (group,) = find("alliance").groups
    assert group.hits[0].title == "Hill &lt;b&gt;<mark>Alliance</mark>&lt;/b&gt;"


def test_some_of_the_words_where_nothing_has_all():
    make.DeliveryPartnerFactory(name="Hill Alliance")
    found = find("hill zebra")
    assert found.some_words
    assert found.total == 1
    assert not find("hill alliance").some_words


@pytest.mark.parametrize("typed", ["zebra", "the", "!!!", "zebra giraffe", "'", "\\", ":*", '"', "-", "()&|"])
def test_nothing(typed):
    make.DeliveryPartnerFactory(name="Hill Alliance")
    found = find(typed)
    assert (found.total, found.groups, found.some_words) == (0, [], False)
    assert found.no_words is (typed not in {"zebra", "zebra giraffe"})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.text(alphabet=some.characters(codec="utf-8", exclude_characters="\0"), max_size=40))
def test_whatever_is_typed(db, typed):
    assert find(typed).total == 0


def test_the_best_of_each_kind_and_a_page_of_one():
    for number in range(PER_PAGE + 3):
        make.DeliveryPartnerFactory(name=f"Alliance {number}")
    make.LeadProviderFactory(name="Alliance")
    best = find("alliance")
    assert [(group.kind, len(group.hits), group.total) for group in best.groups] == [
        ("provider", 1, 1),
        ("partner", OF_EACH, PER_PAGE + 3),
    ]
    second = find("alliance", kind="partner", page=2)
    assert [(group.kind, len(group.hits)) for group in second.groups] == [("provider", 0), ("partner", 3)]
    seen = {
        hit.thing.pk for page in (1, 2) for hit in find("alliance", kind="partner", page=page).groups[1].hits
    }
    assert len(seen) == PER_PAGE + 3
    assert find("alliance", kind="partner", page=99).page.number == 2


@pytest.mark.parametrize("rows", [1, 12])
def test_ten_queries_whatever_the_rows(django_assert_num_queries, rows):
    for _ in range(rows):
        run = make.CourseRunFactory(
            qualification__summary="Find me.",
            provider__note="Find me.",
            hub__lead_school_name="Find me",
            partner=make.DeliveryPartnerFactory(),
        )
        type(run.provider).objects.filter(pk=run.provider_id).update(name=f"Find me {run.pk}")
        type(run.partner).objects.filter(pk=run.partner_id).update(name=f"Find me {run.pk}")
        make.StatementFactory(text="Find me.", section__summary="Find me.")
    with django_assert_num_queries(10):
        assert len(find("find me").groups) == 7
