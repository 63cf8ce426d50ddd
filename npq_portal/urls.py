from django.contrib import admin
from django.urls import include, path

from catalogue.views.home import home
from npq_portal import pages
from npq_portal.health import healthz, livez

urlpatterns = [
    path("", home, name="home"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("cookies/", pages.cookies, name="cookies"),
    path("contact/", pages.contact, name="contact"),
    path("data-sources/", pages.data_sources, name="data_sources"),
    path("robots.txt", pages.robots, name="robots"),
    path("", include("catalogue.urls")),
    path("funding/", include("funding.urls")),
    path("", include("applications.urls")),
    path("", include("npq_portal.accounts.urls")),
    path("", include("npq_portal.mail.urls")),
    path("healthz", healthz, name="healthz"),
    path("livez", livez, name="livez"),
    path("admin/", admin.site.urls),
]

handler400 = "npq_portal.errors.bad_request"
handler403 = "npq_portal.errors.forbidden"
handler404 = "npq_portal.errors.not_found"
handler429 = "npq_portal.errors.too_many_requests"
handler500 = "npq_portal.errors.server_error"
