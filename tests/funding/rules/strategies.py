"""Facts of every kind for hypothesis to make up, sensible or not."""

from hypothesis import settings
from hypothesis import strategies as st

from funding.rules.facts import Establishment, Facts
from funding.rules.vocabulary import (
    EarlyYearsKind,
    Employment,
    EstablishmentKind,
    ListKind,
    Npq,
    NpqhStatus,
    Setting,
    Term,
)

# A shared machine can be slow at any moment, so how long one example takes proves nothing.
many = settings(deadline=None, max_examples=150, database=None)


def one_or_none(values):
    return st.none() | st.sampled_from(list(values))


numbers = st.none() | st.text("0123456789", min_size=1, max_size=8)
truths = st.sampled_from([True, False, None])
workplaces = st.builds(
    Establishment,
    kind=st.sampled_from(EstablishmentKind),
    urn=numbers,
    ukprn=numbers,
    type_code=numbers | st.sampled_from(["1", "10", "11", "15", "30", "34", "45"]),
    status_code=numbers,
    la_code=numbers | st.sampled_from(["000", "201", "673"]),
    lists=st.frozensets(st.sampled_from(ListKind)),
)
any_facts = st.builds(
    Facts,
    term=st.sampled_from(Term),
    npq=st.sampled_from(Npq),
    works_in_england=st.sampled_from([True, True, True, False, None]),
    setting=one_or_none(Setting),
    early_years_kind=one_or_none(EarlyYearsKind),
    employment=one_or_none(Employment),
    establishment=st.none() | workplaces,
    itt_provider_approved=truths,
    referred_by_return_to_teaching_adviser=truths,
    new_headteacher=truths,
    npqh_status=one_or_none(NpqhStatus),
    previously_funded=st.frozensets(st.sampled_from(Npq), max_size=3),
    decided_on=st.none() | st.dates(),
)
