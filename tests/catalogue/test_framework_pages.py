"""The framework of an NPQ, its editions side by side, and the page of each section with its statements."""

from datetime import date

import pytest

from catalogue.editions import side_by_side, statements_of
from catalogue.models import FrameworkSection, Qualification
from tests.factories import catalogue as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
OLD, NEW = date(2021, 7, 1), date(2022, 12, 20)


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def culture():
    return FrameworkSection.objects.get(qualification__code="NPQH", title="School culture")


@pytest.fixture
def state(culture):
    """Makes a statement of an edition of the headship framework."""

    def make_statement(edition=NEW, **fields):
        edition = culture.qualification.framework_editions.get(published_on=edition) if edition else None
        return make.StatementFactory(section=culture, edition=edition, **fields)

    return make_statement


def test_every_framework_and_section_has_its_page(client, today):
    for npq in Qualification.objects.shown().exclude(code="EHCO"):
        text = page(client, f"/qualifications/{npq.slug}/framework/")
        assert f"<title>Framework of {npq.name} ({npq.code}) - NPQ Portal</title>" in text
        for section in npq.framework_sections.all():
            assert f'href="{section.get_absolute_url()}"' in text
    text = page(client, section.get_absolute_url())
    assert f"<title>{section.title}, framework of {npq.name} ({npq.code}) - NPQ Portal</title>" in text


def test_sections_have_addresses_of_their_own():
    addresses = [each.get_absolute_url() for each in FrameworkSection.objects.select_related("qualification")]
    assert len(set(addresses)) == len(addresses) > 60


def test_editions_side_by_side(client, today):
    text = page(client, "/qualifications/headship/framework/")
    assert text.index("13 October 2020") < text.index("1 July 2021") < text.index("20 December 2022")
    assert "554 KB" in text
    assert "not here yet" not in text
    assert "They are not on this site yet." in text
    assert "Search the statements" not in text


def test_section_by_section_once_there_are_statements(client, state, culture, today):
    state(OLD)
    state()
    state(kind="learn_how_to")
    rows = side_by_side(culture.qualification).rows
    assert rows[0].section == culture
    assert rows[0].counts == [{}, {"learn_that": 1}, {"learn_that": 1, "learn_how_to": 1}]
    text = page(client, "/qualifications/headship/framework/")
    assert "1 learn that, 1 learn how to" in text
    assert "Search the statements of every framework" in page(client, "/qualifications/senco/framework/")
    assert "not here yet" in text


def test_a_framework_of_which_no_edition_is_known(client, today, version_moves_at_once):
    text = page(client, "/qualifications/senco/framework/")
    assert "We know of no edition by its day." in text
    assert "<strong>Not confirmed.</strong>" in text
    section = FrameworkSection.objects.filter(qualification__code="NPQSENCO").first()
    make.StatementFactory(section=section)
    assert "Day not known" in page(client, "/qualifications/senco/framework/")
    assert "<strong>Not confirmed.</strong> This heading" in page(client, section.get_absolute_url())


def test_statements_stand_under_their_section_at_their_permanent_links(client, state, culture, today):
    first = state(number="1.2", text="Culture comes from & with people.")
    second = state(kind="learn_how_to", number="1.2", text="Build it.")
    assert first.get_absolute_url() == "/qualifications/headship/framework/school-culture/#learn-that-1.2"
    assert second.get_absolute_url().endswith("#learn-how-to-1.2")
    text = page(client, culture.get_absolute_url())
    assert '<li id="learn-that-1.2">' in text
    assert 'href="#learn-how-to-1.2"' in text
    assert "Culture comes from &amp; with people." in text
    assert "not on this site yet" not in text
    assert "it said" not in text


def test_a_section_without_statements(client, culture, today):
    text = page(client, culture.get_absolute_url())
    assert "The numbered statements of this section are not on this site yet." in text
    assert 'href="/qualifications/headship/framework/teaching/" rel="next"' in text


def test_what_changed_between_editions(client, state, culture, today):
    state(OLD, number="1", text="As it was.")
    state(OLD, number="2", text="Always so.")
    state(OLD, number="3", text="No more.")
    state(number="1", text="As it is.", position=1)
    state(number="2", text="Always so.", position=2)
    state(number="4", text="From now on.", position=3)
    (kind,) = statements_of(culture)
    told = [
        (each.statement.text, [w.text for w in each.earlier], each.added, each.gone) for each in kind.said
    ]
    assert told == [
        ("As it is.", ["As it was."], False, False),
        ("Always so.", [], False, False),
        ("From now on.", [], True, False),
        ("No more.", [], False, True),
    ]
    text = page(client, culture.get_absolute_url())
    assert "On 1 July 2021 it said: As it was." in text
    assert "New in the edition of 20 December 2022." in text
    assert "Not in the newest edition. Last in that of 1 July 2021." in text


def test_an_edition_whose_day_is_not_known_is_the_oldest(client, state, culture, today):
    state(None, number="1", text="As it was.")
    state(number="1", text="As it is.")
    assert "In an edition whose day is not known it said: As it was." in page(
        client, culture.get_absolute_url()
    )


@pytest.mark.parametrize(
    "address",
    [
        "/qualifications/early-headship-coaching-offer/framework/",
        "/qualifications/additional-support-offer/framework/",
        "/qualifications/nothing/framework/",
        "/qualifications/headship/framework/trust-culture/",
        "/qualifications/nothing/framework/teaching/",
    ],
)
def test_what_is_not_there(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/qualifications/headship/framework/", "/qualifications/headship/framework/teaching/"]
)
def test_only_reading(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_does_not_grow(client, today, django_assert_num_queries, rows):
    npq = make.QualificationFactory(slug="first")
    editions = [make.EditionFactory(qualification=npq) for _ in range(3)]
    sections = [make.SectionFactory(qualification=npq) for _ in range(rows)]
    for number in range(rows):
        for edition in editions:
            make.StatementFactory(section=sections[0], edition=edition, number=str(number))
    with django_assert_num_queries(6):
        client.get("/qualifications/first/framework/")
    with django_assert_num_queries(4):
        client.get(sections[0].get_absolute_url())
