from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("catalogue.urls")),
    path("funding/", include("funding.urls")),
    path("", include("applications.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
