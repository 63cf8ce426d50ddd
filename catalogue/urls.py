from django.urls import path

from catalogue.views.qualifications import qualification, qualifications

app_name = "catalogue"
urlpatterns = [
    path("qualifications/", qualifications, name="qualifications"),
    path("qualifications/<slug:slug>/", qualification, name="qualification"),
]
