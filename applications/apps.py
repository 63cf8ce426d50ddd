from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"

    def ready(self) -> None:
        # Models load before this, and the presenters are read with them.
        from applications.queries import open_decisions
        from funding.actions import impact
        from npq_portal.audit.presenters import add_sentences

        impact.register(open_decisions)
        add_sentences(
            {
                "applications.started": "Started a draft.",
                "applications.answered": "Answered a question of the registration.",
                "applications.discarded": "Deleted the draft.",
                "applications.registered": "Registered with DfE.",
                "applications.form_saved": "Saved the provider's form.",
                "applications.submitted": "Sent the form to the provider.",
                "applications.accepted": "Accepted.",
                "applications.rejected": "Not accepted.",
                "applications.withdrawn": "Withdrawn.",
                "applications.noted": "Added a note.",
            }
        )
