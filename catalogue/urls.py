from django.urls import path

from catalogue.views.qualifications import qualifications

app_name = "catalogue"
urlpatterns = [
    path("qualifications/", qualifications, name="qualifications"),
]
