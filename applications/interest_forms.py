"""What is asked of who wants to be told when registration opens."""

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Field, Layout, Size

from npq_portal.accounts.forms import EmailForm


class InterestForm(EmailForm):
    """An e-mail address, asked for as it is at signing in."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = "We use it for this one e-mail and for nothing else."
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.text("email", label_size=Size.SMALL), Button("submit", "Tell me when it opens")
        )
