from django.urls import path

from funding.views.check import check
from funding.views.establishment import establishment
from funding.views.hub import hub
from funding.views.start import start
from funding.views.terms import terms
from funding.views.trust import trust
from funding.views.workplaces import childcare_settings, workplaces

app_name = "funding"
urlpatterns = [
    path("", start, name="start"),
    path("check/", check, name="check"),
    path("hub/", hub, name="hub"),
    path("terms/", terms, name="terms"),
    path("trusts/", trust, name="trust"),
    path("workplaces.json", workplaces, name="workplaces"),
    path("settings.json", childcare_settings, name="settings"),
    path("establishments/<str:reference>/", establishment, name="establishment"),
]
