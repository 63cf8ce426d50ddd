from django.urls import path

from applications.views import (
    changing,
    emails,
    erasing,
    messages,
    offer,
    own_data,
    provider_form,
    sponsoring,
    start,
    steps,
    tracking,
)

app_name = "applications"
urlpatterns = [
    path("apply/", start.start, name="start"),
    path("my-data/", own_data.own_data, name="own_data"),
    path("my-data/file/", own_data.own_data_file, name="own_data_file"),
    path("e-mails/", emails.emails, name="emails"),
    path("e-mails/off/<str:token>/", emails.reminders_off, name="reminders_off"),
    path("my-data/erase/", erasing.erase, name="erase"),
    path("my-data/erased/", erasing.erased, name="erased"),
    path("applications/", start.my_applications, name="list"),
    path("applications/<uuid:pk>/", tracking.tracker, name="tracker"),
    path("applications/<uuid:pk>/check-answers/", steps.check_answers, name="check_answers"),
    path("applications/<uuid:pk>/registered/", tracking.registered, name="registered"),
    path("applications/<uuid:pk>/form/", provider_form.provider_form, name="provider_form"),
    path("applications/<uuid:pk>/sponsor/", provider_form.sponsor, name="sponsor"),
    path("applications/<uuid:pk>/sponsor/again/", provider_form.sponsor_again, name="sponsor_again"),
    path("sponsor/<str:token>/", sponsoring.sponsor_request, name="sponsor_request"),
    path("applications/<uuid:pk>/form/send/", provider_form.send_form, name="send_form"),
    path("applications/<uuid:pk>/messages/", messages.conversation, name="messages"),
    path("applications/<uuid:pk>/offer/", offer.offer, name="offer"),
    path("applications/<uuid:pk>/already/", changing.already, name="already"),
    path("applications/<uuid:pk>/change-course/", changing.change_course, name="change_course"),
    path("applications/<uuid:pk>/change-provider/", changing.change_provider, name="change_provider"),
    path("applications/<uuid:pk>/withdraw/", tracking.withdraw, name="withdraw"),
    path("applications/<uuid:pk>/delete/", start.discard, name="discard"),
    # Last: a step's slug never is one of the words above (a test holds that).
    path("applications/<uuid:pk>/<slug:slug>/", steps.step, name="step"),
]
