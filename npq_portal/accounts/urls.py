"""Only what is used of django-allauth is routed; the names with prefixes are the ones it asks for."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path
from django.views.decorators.http import require_http_methods

from npq_portal.accounts import views

# Its pages would take a PUT for a POST, and a DELETE for saying yes.
read_or_post = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", views.sign_in_code, name="sign_in_code"),
    path("sign-in/again/", views.sign_in_again, name="sign_in_again"),
    path("sign-in/merged/", views.sign_in_merged, name="sign_in_merged"),
    path("sign-in/sessions/", views.own_sessions, name="own_sessions"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("signed-out/", views.signed_out, name="signed_out"),
    # Staff
    path("staff/sign-in/", read_or_post(account.login), name="account_login"),
    path("staff/sign-in/", read_or_post(account.login), name="staff_sign_in"),
    path("staff/closed/", read_or_post(account.account_inactive), name="account_inactive"),
    path("staff/confirm/", read_or_post(account.reauthenticate), name="account_reauthenticate"),
    path("staff/password/", read_or_post(account.password_change), name="account_change_password"),
    path("staff/password/set/", read_or_post(account.password_set), name="account_set_password"),
    path("staff/security/", read_or_post(mfa.index), name="mfa_index"),
    path("staff/sign-in/second-step/", read_or_post(mfa.authenticate), name="mfa_authenticate"),
    path("staff/confirm/second-step/", read_or_post(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("staff/security/app/", read_or_post(totp.activate_totp), name="mfa_activate_totp"),
    path("staff/security/app/remove/", read_or_post(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "staff/security/recovery-codes/",
        read_or_post(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "staff/security/recovery-codes/new/",
        read_or_post(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("staff/security/passkeys/", read_or_post(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("staff/security/passkeys/add/", read_or_post(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("staff/security/passkeys/<int:pk>/", read_or_post(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "staff/security/passkeys/<int:pk>/remove/",
        read_or_post(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("staff/sign-in/passkey/", read_or_post(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path(
        "staff/confirm/passkey/",
        read_or_post(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
]
