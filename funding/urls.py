from django.urls import path

from funding.views.establishment import establishment
from funding.views.start import start
from funding.views.workplaces import childcare_settings, workplaces

app_name = "funding"
urlpatterns = [
    path("", start, name="start"),
    path("workplaces.json", workplaces, name="workplaces"),
    path("settings.json", childcare_settings, name="settings"),
    path("establishments/<str:reference>/", establishment, name="establishment"),
]
