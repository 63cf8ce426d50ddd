from django.contrib import admin
from django.urls import include, path

from catalogue.views.home import home
from npq_portal import pages

urlpatterns = [
    path("", home, name="home"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("cookies/", pages.cookies, name="cookies"),
    path("contact/", pages.contact, name="contact"),
    path("data-sources/", pages.data_sources, name="data_sources"),
    path("", include("catalogue.urls")),
    path("funding/", include("funding.urls")),
    path("", include("applications.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
