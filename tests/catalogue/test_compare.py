"""/compare/: two to four NPQs side by side, and what else an address may ask for."""

import re
from datetime import date
from html import unescape

import pytest

from catalogue.compare.choice import choice, compare_address
from catalogue.compare.split import split
from catalogue.models import Offer, Qualification, Term
from tests.factories.catalogue import QualificationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def see(client, *npqs):
    answer = client.get("/compare/", {"npq": npqs})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def rows(page):
    """Title of a row -> the words of its cells, what is shared last."""
    found = {}
    title = ""
    for row in re.findall(r"<tr.*?</tr>", page.partition("<tbody")[2].partition("</tbody>")[0], re.DOTALL):
        titles = re.findall(r"<th.*?</th>", row, re.DOTALL)
        title = words(titles[0].split("<span")[0]) if titles else title
        found.setdefault(title, []).extend(words(cell) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL))
    return found


def words(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def heading(page):
    return words(re.search(r"<h1.*?</h1>", page, re.DOTALL)[0])


def ticked(page):
    return re.findall(r'value="([a-z-]+)" checked', page)


def test_every_pair_has_a_page_with_a_title_of_its_own(client, today):
    slugs = list(Qualification.objects.shown().values_list("slug", flat=True))
    pages = [see(client, slugs[0], slug) for slug in slugs[1:]]
    titles = {re.search(r"<title>(.*?)</title>", page)[1] for page in pages}
    assert len(titles) == 10


def test_what_differs_and_what_is_shared(client, today):
    page = see(client, "headship", "senior-leadership")
    assert heading(page) == "Headship and Senior leadership, side by side"
    found = rows(page)
    assert found["What it does"] == [
        "Lead a school, now or soon.",
        "Take on responsibility across a whole school.",
    ]
    assert found["How long it takes"] == [
        "Both: 18 months of teaching, about 21 to 22 months with the assessment. as of 22 November 2026"
    ]
    head, senior, both = found["How you are assessed"]
    assert "2,500 words" in head
    assert "2,000 words" in senior
    assert "90% of the course" in both
    assert found["Framework published"][1] == "20 December 2022, 61 pages DfE-00187-2020"
    assert found["Prices seen"][0].startswith("£1,949 plus VAT autumn 2026 £1,970 plus VAT autumn 2025")
    assert "£1,090 autumn 2024, VAT not stated" in found["Prices seen"][1]
    assert 'href="/funding/"' in page
    assert 'href="/apply/?npq=npq-senior-leadership"' in page


def test_sections_that_all_or_some_share(client, today):
    found = rows(see(client, "headship", "executive-leadership", "leading-teaching"))
    head, executive, teaching, shared = found["Sections of the framework"]
    told = "All of them have the same : Sections of the framework"
    assert shared == f"{told} Teaching Professional development Implementation"
    assert head.startswith("School culture also in NPQLT Curriculum and assessment also in NPQEL ")
    assert executive.startswith("Trust culture Curriculum")
    assert teaching.endswith("Adaptive teaching Assessment")


def test_the_same_sections_are_told_once(client, today):
    (both,) = rows(see(client, "headship", "senior-leadership"))["Sections of the framework"]
    assert both.startswith("Both: School culture Teaching")


def test_headings_that_were_not_confirmed_say_so(client, today):
    assert "The sections of Special educational needs co-ordinator: " in see(client, "senco", "headship")
    assert "Not confirmed" not in see(client, "headship", "leading-teaching")


def test_providers_of_this_term(client, today):
    found = rows(see(client, "headship", "leading-literacy"))
    head, literacy, both = found["Lead providers in autumn 2026"]
    assert head == "Best Practice Network Church of England LLSE"
    assert literacy == "As below."
    assert both.startswith(
        "Both have the same : Lead providers in autumn 2026 Ambition Institute National Institute of Teaching"
    )


def test_conditions_and_the_law(client, today):
    found = rows(see(client, "senco", "leading-primary-mathematics"))
    assert "within three years of your appointment" in found["What the law says"][0]
    assert found["What the law says"][1] == "Nothing in law that we know of."
    assert found["What you need"][0] == "As below."
    assert "teaching for mastery" in found["What you need"][1]


def test_no_row_for_what_concerns_none_of_them(client, today):
    assert "What the law says" not in rows(see(client, "headship", "senior-leadership"))


def test_coaching_does_not_hide_what_the_others_share(client, today):
    npqs = ("headship", "senior-leadership", "early-years-leadership", "early-headship-coaching-offer")
    found = rows(see(client, *npqs))
    *_, coaching, shared = found["How you are assessed"]
    assert coaching == "There is no assessment. as of 22 November 2026"
    assert shared.startswith(
        "All but Early headship coaching offer have the same : How you are assessed One written answer"
    )
    assert found["Sections of the framework"][3] == "No framework that we know of."
    assert len(found["How long it takes"]) == 4


def test_no_applying_once_registration_is_over(client, today):
    Term.objects.filter(identifier="autumn-2026").update(registration_closes=date(2026, 11, 21))
    assert "/apply/?npq=" not in see(client, "headship", "senco")


def test_no_applying_for_what_nobody_offers(client, today):
    Offer.objects.filter(qualification__code="NPQH").delete()
    page = see(client, "headship", "senco")
    assert "/apply/?npq=npq-headship" not in page
    assert "/apply/?npq=npq-senco" in page


def test_before_any_term_has_opened(client, today):
    today(date(2020, 1, 1))
    assert "Lead providers" not in rows(see(client, "headship", "senco"))


def test_one_can_be_taken_away_while_two_are_left(client, today):
    page = see(client, "headship", "senco", "leading-literacy")
    assert 'href="/compare/?npq=headship&npq=leading-literacy"' in page
    assert "Take away" not in see(client, "headship", "senco")


def test_nothing_chosen_asks_for_a_choice(client, today):
    page = see(client)
    assert heading(page) == "Compare NPQs"
    assert page.count('type="checkbox"') == 11
    assert not ticked(page)


def test_one_asks_for_another(client, today):
    page = see(client, "headship")
    assert heading(page) == "Compare Headship with another NPQ"
    assert ticked(page) == ["headship"]
    assert "<title>Error" not in page


def test_five_are_too_many(client, today):
    slugs = ["leading-teaching", "leading-literacy", "senior-leadership", "headship", "senco"]
    page = see(client, *slugs)
    assert "<title>Error: Compare NPQs" in page
    assert page.count("You chose 5. Choose 4 at most") == 2
    assert 'href="#id_npq"' in page
    assert 'id="id_npq"' in page
    assert ticked(page) == slugs


def test_an_unknown_one_is_told_and_the_rest_compared(client, today):
    page = see(client, "headship", "nonsense", "senco", "additional-support-offer")
    assert "We do not know “nonsense” and “additional-support-offer”." in page
    assert heading(page) == "Headship and Special educational needs co-ordinator, side by side"


def test_a_repeated_one_counts_once(client, today):
    page = see(client, "headship", "headship")
    assert heading(page) == "Compare Headship with another NPQ"
    assert "Headship was named more than once. It counts once." in page
    assert "side by side" in heading(see(client, "headship", "headship", "senco"))


def test_the_registers_names_are_understood():
    found = choice(["NPQH", "npq-senco", "Leading-Literacy"], Qualification.objects.shown())
    assert [npq.slug for npq in found.chosen] == ["headship", "senco", "leading-literacy"]


def test_a_long_list_of_nonsense_is_told_in_short():
    found = choice([f"x{number}" for number in range(50)] + ["\x00", " "], Qualification.objects.shown())
    assert found.corrections == ["We do not know “x0”, “x1”, “x2” and 47 more."]


def test_what_is_typed_is_no_html(client, today):
    page = client.get("/compare/", {"npq": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_the_address():
    headship, senco = (QualificationFactory.build(slug=slug) for slug in ("headship", "senco"))
    assert compare_address([headship, senco]) == "/compare/?npq=headship&npq=senco"
    assert compare_address([]) == "/compare/"


def test_splitting():
    first, second = QualificationFactory(), QualificationFactory()
    found = split({first: ["a", "b"], second: ["c", "a"]}, str)
    assert (found.shared, list(found.own.values())) == (["a"], [["b"], ["c"]])
    assert not found.all_the_same


def test_only_reading(client):
    assert client.post("/compare/").status_code == 405
