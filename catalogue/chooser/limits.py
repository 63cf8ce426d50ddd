"""What speaks against an NPQ, and what to find out before applying for one. Pure.

Sources: design, catalogue facts, "The suite" (entry conditions); design, funding rules, section 5 (a scholarship once
for each NPQ, mastery). No rule bars an early career teacher that we know of: what is said to them is advice.
"""

from catalogue.chooser.rules import Against, Check
from catalogue.chooser.vocabulary import Npq

ASK = "Ask your induction tutor and headteacher when it could fit."
IN_INDUCTION = (
    "You are in your two-year induction, which has training of its own. We know of no rule against an NPQ beside it: "
    "ask your induction tutor and headteacher whether to wait."
)

AGAINST: tuple[Against, ...] = (
    Against(
        Npq.PRIMARY_MATHS,
        "You need to show that you understand teaching for mastery before you start.",
        "Your local maths hub runs a year-long programme that shows it.",
        {"mastery": "cannot_show"},
        cannot=True,
    ),
    Against(
        Npq.PRIMARY_MATHS,
        "It is about mathematics in primary schools.",
        "Leading teaching is about any subject or phase.",
        {"lead": "maths", "phase": "secondary 16_to_19"},
    ),
    Against(
        Npq.EARLY_YEARS,
        "You need a full and relevant level 3 qualification in early years.",
        "Ask a lead provider which qualifications count.",
        {"level3": "no"},
        cannot=True,
    ),
    Against(
        Npq.COACHING,
        "It is for people who have the NPQ in Headship, are taking it or are about to.",
        "Start the NPQ in Headship first.",
        {"head": "new appointed", "npqh": "none"},
        cannot=True,
    ),
    Against(
        Npq.COACHING,
        "It is not for people who withdrew from the NPQ in Headship.",
        "Ask a lead provider what is open to you.",
        {"head": "new appointed", "npqh": "withdrew"},
        cannot=True,
    ),
    Against(
        Npq.COACHING,
        "It is for a headteacher's first five years.",
        "Look at executive leadership if you want to lead several schools.",
        {"head": "longer"},
        cannot=True,
    ),
    Against(
        Npq.COACHING,
        "It is for headteachers, and needs the NPQ in Headship.",
        "It comes once you have been appointed.",
        {"head": "no"},
        cannot=True,
    ),
    Against(Npq.HEADSHIP, "You have completed it.", "It is not taken twice.", {"npqh": "completed"}),
    Against(
        Npq.HEADSHIP,
        "You are taking it already, or have a place.",
        "Finish it first.",
        {"npqh": "studying will_start"},
    ),
    Against(
        Npq.SENIOR,
        "You lead a school already.",
        "Look at headship or executive leadership.",
        {"role": "head executive", "next": "senior"},
    ),
    Against(
        Npq.HEADSHIP,
        "You are in your induction. This is for people who lead a school or soon will.",
        ASK,
        {"role": "ect", "next": "head"},
    ),
    Against(
        Npq.SENIOR,
        "You are in your induction. This is for people with responsibilities across a school.",
        ASK,
        {"role": "ect", "next": "senior"},
    ),
    Against(
        Npq.SENIOR,
        "You are in your induction. This is for people with responsibilities across a school.",
        ASK,
        {"role": "ect", "lead": "school"},
    ),
    Against(
        Npq.EXECUTIVE,
        "You are in your induction. This is for people who lead several schools, or soon will.",
        ASK,
        {"role": "ect", "next": "executive"},
    ),
    Against(
        Npq.SENCO,
        "You are in your induction. This is for SENCOs, and for people who soon will be.",
        ASK,
        {"role": "ect", "next": "senco"},
    ),
    Against(
        Npq.EXECUTIVE,
        "It is for people who lead several schools or a trust, or soon will.",
        "Senior leadership or headship comes first.",
        {"role": "teacher other", "next": "executive"},
    ),
)

CHECKS: tuple[Check, ...] = (
    *(
        Check(
            npq,
            IN_INDUCTION,
            {"role": "ect"},
        )
        for npq in Npq
    ),
    Check(
        Npq.PRIMARY_MATHS,
        "Find out first how you would show that you understand teaching for mastery. Ask a lead provider what counts.",
        {"mastery": "unsure"},
    ),
    Check(
        Npq.PRIMARY_MATHS,
        "The provider decides whether it shows that you understand teaching for mastery.",
        {"mastery": "similar_course another_way"},
    ),
    Check(
        Npq.EARLY_YEARS,
        "Find out first whether your qualification is full and relevant at level 3.",
        {"level3": "unsure"},
    ),
    Check(
        Npq.EARLY_YEARS,
        "It needs a full and relevant level 3 qualification in early years.",
        {"phase": "early_years", "role": "teacher middle senior head other", "next": "same area unsure"},
    ),
    Check(
        Npq.BEHAVIOUR,
        "Without qualified teacher status the provider looks at your case.",
        {"role": "other early_years"},
    ),
    Check(
        Npq.HEADSHIP,
        "You withdrew from it before. If a scholarship paid for it then, no scholarship pays for it again.",
        {"npqh": "withdrew"},
    ),
    Check(
        Npq.HEADSHIP,
        "It is written for people who lead a school or soon will. Ask your headteacher whether it is time.",
        {"role": "teacher other early_years", "next": "head"},
    ),
    Check(
        Npq.COACHING,
        "It is support for the job: it starts once you are a headteacher.",
        {"head": "appointed"},
    ),
)
