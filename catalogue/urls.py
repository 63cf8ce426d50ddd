from django.urls import path

from catalogue.views.chooser import chooser
from catalogue.views.compare import compare
from catalogue.views.qualifications import qualification, qualifications

app_name = "catalogue"
urlpatterns = [
    path("which-npq/", chooser, name="chooser"),
    path("compare/", compare, name="compare"),
    path("qualifications/", qualifications, name="qualifications"),
    path("qualifications/<slug:slug>/", qualification, name="qualification"),
]
