from django.urls import path

from funding.views.establishment import establishment
from funding.views.start import start
from funding.views.workplaces import workplaces

app_name = "funding"
urlpatterns = [
    path("", start, name="start"),
    path("workplaces.json", workplaces, name="workplaces"),
    path("establishments/<str:reference>/", establishment, name="establishment"),
]
