from django.urls import path

from catalogue.views.chooser import chooser
from catalogue.views.compare import compare
from catalogue.views.courses import course, courses
from catalogue.views.qualifications import qualification, qualifications

app_name = "catalogue"
urlpatterns = [
    path("which-npq/", chooser, name="chooser"),
    path("compare/", compare, name="compare"),
    path("courses/", courses, name="courses"),
    path("courses/<int:pk>/", course, name="course"),
    path("qualifications/", qualifications, name="qualifications"),
    path("qualifications/<slug:slug>/", qualification, name="qualification"),
]
