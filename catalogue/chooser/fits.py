"""What speaks for each NPQ. Pure.

Source: design, catalogue facts, "The suite" (audiences) and "Frameworks" (sections). The points only put NPQs in order.
"""

from catalogue.chooser.rules import For
from catalogue.chooser.vocabulary import Npq

FOR: tuple[For, ...] = (
    # What they want next
    For(Npq.HEADSHIP, 10, "You want to lead a school.", {"next": "head"}),
    For(Npq.SENIOR, 10, "You want to lead across a whole school.", {"next": "senior"}),
    For(Npq.EXECUTIVE, 10, "You want to lead several schools or a trust.", {"next": "executive"}),
    For(Npq.EARLY_YEARS, 10, "You want to lead in early years.", {"next": "early_years"}),
    For(
        Npq.SENCO,
        10,
        "You want to become a SENCO.",
        {"role": "ect teacher middle senior head executive early_years other", "next": "senco"},
    ),
    For(
        Npq.SENCO, 30, "By law you must complete it within three years of your appointment.", {"duty": "yes"}
    ),
    For(
        Npq.SENCO,
        12,
        "The law may ask you to complete it within three years of your appointment.",
        {"duty": "maybe"},
    ),
    # What they do now
    For(Npq.SENCO, 8, "You are a SENCO.", {"role": "senco"}),
    For(
        Npq.SENIOR,
        7,
        "You have responsibilities across your school.",
        {"role": "senior", "next": "same unsure"},
    ),
    For(Npq.HEADSHIP, 6, "You lead a school.", {"role": "head", "next": "same unsure"}),
    For(
        Npq.EXECUTIVE, 8, "You lead several schools or a trust.", {"role": "executive", "next": "same unsure"}
    ),
    For(Npq.EARLY_YEARS, 8, "You lead in early years.", {"role": "early_years", "next": "same area unsure"}),
    For(
        Npq.COACHING,
        9,
        "You are in your first five years as a headteacher.",
        {"role": "head", "head": "new", "npqh": "completed studying will_start"},
    ),
    For(
        Npq.COACHING,
        6,
        "You have been appointed, and it is for the first five years of a headship.",
        {"head": "appointed", "npqh": "completed studying will_start"},
    ),
    # What they most want to lead
    For(Npq.TEACHER_DEVELOPMENT, 10, "You want to lead how other teachers develop.", {"lead": "teachers"}),
    For(
        Npq.TEACHING, 10, "You want to lead teaching in a subject, year group or phase.", {"lead": "teaching"}
    ),
    For(Npq.BEHAVIOUR, 10, "You want to lead behaviour, wellbeing or pastoral work.", {"lead": "behaviour"}),
    For(Npq.LITERACY, 10, "You want to lead literacy.", {"lead": "literacy"}),
    For(Npq.PRIMARY_MATHS, 10, "You want to lead primary mathematics.", {"lead": "maths"}),
    For(Npq.SENCO, 7, "You want to lead provision for pupils with SEND.", {"lead": "send"}),
    For(
        Npq.SENIOR,
        6,
        "You want to lead a whole school, or more.",
        {"lead": "school", "role": "ect teacher middle senco senior early_years other"},
    ),
    For(
        Npq.EXECUTIVE,
        5,
        "You want to lead a whole school, or more.",
        {"lead": "school", "role": "head executive"},
    ),
    For(
        Npq.HEADSHIP,
        5,
        "You want to lead a whole school, or more.",
        {"lead": "school", "role": "senior head executive"},
    ),
    # The next best
    For(
        Npq.TEACHING,
        3,
        "It also covers how to help the teachers in your team to improve.",
        {"lead": "teachers"},
    ),
    For(
        Npq.TEACHER_DEVELOPMENT,
        3,
        "Leading teaching is also helping other teachers to improve.",
        {"lead": "teaching"},
    ),
    For(
        Npq.TEACHING, 3, "It is about leading any subject or phase, literacy included.", {"lead": "literacy"}
    ),
    For(
        Npq.TEACHING, 3, "It is about leading any subject or phase, mathematics included.", {"lead": "maths"}
    ),
    For(Npq.BEHAVIOUR, 3, "It covers complex behavioural needs.", {"lead": "send"}),
    For(Npq.SENIOR, 2, "Behaviour across a school is one of its sections.", {"lead": "behaviour"}),
    For(
        Npq.SENIOR,
        5,
        "It is about leading a whole school as one of its team, which comes before leading one.",
        {"role": "teacher middle senco early_years other", "next": "head"},
    ),
    For(
        Npq.SENIOR,
        4,
        "It is about leading a whole school as one of its team.",
        {"role": "middle", "next": "unsure"},
    ),
    For(
        Npq.HEADSHIP,
        4,
        "It is about leading one school, which comes before leading several.",
        {"role": "middle senco senior", "next": "executive"},
    ),
    For(
        Npq.HEADSHIP,
        4,
        "It is what comes after senior leadership for those who want to lead a school.",
        {"role": "senior", "next": "unsure"},
    ),
    For(
        Npq.EXECUTIVE,
        4,
        "You have led a school for some years, and may want to lead several.",
        {"role": "head", "head": "longer"},
    ),
    For(
        Npq.EXECUTIVE,
        2,
        "You lead a school, and may want to lead several.",
        {"role": "head", "head": "new", "npqh": "completed withdrew"},
    ),
    For(
        Npq.TEACHING,
        3,
        "It is about teaching itself, in any subject or phase.",
        {"lead": "unsure", "role": "ect teacher middle other"},
    ),
    For(
        Npq.TEACHER_DEVELOPMENT,
        2,
        "It is about helping other teachers, in any subject or phase.",
        {"lead": "unsure", "role": "teacher middle"},
    ),
    For(
        Npq.BEHAVIOUR,
        2,
        "It suits pastoral work, in any phase.",
        {"lead": "unsure", "role": "teacher middle other"},
    ),
    For(
        Npq.TEACHING,
        1,
        "It is about teaching itself, which you can lead before you lead a school.",
        {"role": "ect", "next": "senco senior head executive early_years"},
    ),
    For(
        Npq.TEACHING,
        1,
        "It is about teaching itself, in any subject or phase.",
        {"role": "ect", "lead": "send school"},
    ),
    For(
        Npq.EARLY_YEARS,
        3,
        "You work in early years.",
        {"phase": "early_years", "role": "teacher middle senior head other", "next": "same area unsure"},
    ),
    # Something for those whose first choice is closed to them, or who are still open to all
    For(
        Npq.TEACHING,
        3,
        "It is about teaching itself, in any subject or phase.",
        {"lead": "unsure", "next": "area", "role": "senco senior head executive early_years"},
    ),
    For(
        Npq.SENIOR,
        4,
        "It is about leading a whole school as one of its team, which comes first.",
        {"role": "teacher middle other", "next": "executive"},
    ),
    For(
        Npq.TEACHER_DEVELOPMENT,
        2,
        "It is about helping colleagues to improve, and asks for no qualification in early years.",
        {"level3": "no"},
    ),
    For(
        Npq.EXECUTIVE,
        2,
        "You have the NPQ in Headship, or are on the way to it.",
        {"role": "senior executive", "next": "head", "npqh": "completed studying will_start"},
    ),
    For(Npq.HEADSHIP, 3, "You lead a school.", {"role": "head", "next": "area senior early_years"}),
    For(
        Npq.EXECUTIVE,
        3,
        "You lead several schools or a trust.",
        {"role": "executive", "next": "area senior head early_years"},
    ),
)
