from django.conf import settings
from django.urls import path

from npq_portal.mail import views

# Not even an address in production.
urlpatterns = (
    []
    if settings.PRODUCTION
    else [
        path("dev/mail/", views.mailbox, name="dev_mail"),
        path("dev/mail/<int:pk>/", views.message, name="dev_mail_message"),
        path("dev/mail/examples/", views.examples, name="dev_mail_examples"),
        path("dev/mail/examples/<path:name>/", views.example, name="dev_mail_example"),
        path("dev/mail/html/<path:name>/", views.example_html, name="dev_mail_example_html"),
        path("dev/mail/mail.css", views.stylesheet, name="dev_mail_stylesheet"),
    ]
)
