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
    ]
)
