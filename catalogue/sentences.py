"""What audit rows of the catalogue say to staff."""

from catalogue.history import run_changes
from catalogue.models import MemberRole
from npq_portal.audit.facts import Fact
from npq_portal.audit.models import AuditEvent


def partners_merged(event: AuditEvent) -> list[str]:
    """Who was merged into the subject, and how much that brought."""
    old, new = event.old or {}, event.new or {}
    moved = [
        f"{label}: {len(new[name])}"
        for name, label in (("course_runs", "Course runs moved"), ("partnerships", "Partnerships moved"))
        if new[name]
    ]
    joined = [f"Partnerships that both had: {len(new['partnerships_joined'])}"] * bool(
        new["partnerships_joined"]
    )
    return [f"{old['name']} (partners/{old['slug']}) is one with it", *moved, *joined]


def _role(value: str) -> str:
    return str(MemberRole(value).label) if value in MemberRole.values else value


FACTS = {
    "member": Fact("Member", of="accounts.user"),
    "role": Fact("May work as", _role),
    "edition": Fact("Edition of"),
}
SENTENCES = {
    "catalogue.framework_loaded": "Statements of the framework loaded.",
    "catalogue.invited": "Invited somebody to work here.",
    "catalogue.invitation_sent_again": "Sent an invitation again.",
    "catalogue.invitation_withdrawn": "Withdrew an invitation.",
    "catalogue.member_joined": "Accepted an invitation, and works here.",
    "catalogue.member_put_in": "Put somebody in, who works here now.",
    "catalogue.member_role_changed": "Changed what a member may do.",
    "catalogue.member_removed": "Removed a member.",
    "catalogue.partners_merged": "Another delivery partner merged into this one.",
    "catalogue.partners_not_said_different": "Took back that two delivery partners are different.",
    "catalogue.partners_said_different": "Said that two delivery partners are different.",
    "catalogue.run_added": "Course run added.",
    "catalogue.run_cancelled": "Course run cancelled.",
    "catalogue.run_changed": "Course run changed.",
    "catalogue.session_cancelled": "Session cancelled.",
}
CHANGES = {
    "catalogue.partners_merged": partners_merged,
    "catalogue.run_added": run_changes,
    "catalogue.run_cancelled": run_changes,
    "catalogue.run_changed": run_changes,
    "catalogue.session_cancelled": run_changes,
}
