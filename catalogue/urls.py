from django.urls import path

from catalogue.views.alerts import alert, alert_asked, alert_confirm, alert_stop, alert_stopped
from catalogue.views.calendars import course_calendar, courses_calendar, hub_calendar
from catalogue.views.chooser import chooser
from catalogue.views.compare import compare
from catalogue.views.courses import course, courses
from catalogue.views.hubs import hub, hubs
from catalogue.views.invitations import invitation
from catalogue.views.organisations import partner, provider, providers
from catalogue.views.qualifications import framework, framework_section, qualification, qualifications
from catalogue.views.search import search
from catalogue.views.sitemap import sitemap

app_name = "catalogue"
urlpatterns = [
    path("search/", search, name="search"),
    path("which-npq/", chooser, name="chooser"),
    path("compare/", compare, name="compare"),
    path("courses/", courses, name="courses"),
    path("courses/calendar.ics", courses_calendar, name="courses_calendar"),
    path("courses/alerts/", alert, name="alert"),
    path("courses/alerts/asked/", alert_asked, name="alert_asked"),
    path("courses/alerts/confirm/<str:token>/", alert_confirm, name="alert_confirm"),
    path("courses/alerts/stop/<str:token>/", alert_stop, name="alert_stop"),
    path("courses/alerts/stopped/", alert_stopped, name="alert_stopped"),
    path("courses/<int:pk>/", course, name="course"),
    path("courses/<int:pk>/calendar.ics", course_calendar, name="course_calendar"),
    path("hubs/<str:code>/calendar.ics", hub_calendar, name="hub_calendar"),
    path("providers/", providers, name="providers"),
    path("providers/<slug:slug>/", provider, name="provider"),
    path("hubs/", hubs, name="hubs"),
    path("hubs/<slug:code>/", hub, name="hub"),
    path("staff/invitations/<str:token>/", invitation, name="invitation"),
    path("partners/<slug:slug>/", partner, name="partner"),
    path("qualifications/", qualifications, name="qualifications"),
    path("qualifications/<slug:slug>/", qualification, name="qualification"),
    path("qualifications/<slug:slug>/framework/", framework, name="framework"),
    path("qualifications/<slug:slug>/framework/<slug:section>/", framework_section, name="framework_section"),
    path("sitemap.xml", sitemap, name="sitemap"),
]
