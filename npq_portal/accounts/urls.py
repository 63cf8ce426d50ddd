"""Only what is used of django-allauth is routed; the names with prefixes are the ones it asks for."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from npq_portal.accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", views.sign_in_code, name="sign_in_code"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("signed-out/", views.signed_out, name="signed_out"),
    # Staff
    path("staff/sign-in/", account.login, name="account_login"),
    path("staff/sign-in/", account.login, name="staff_sign_in"),
    path("staff/closed/", account.account_inactive, name="account_inactive"),
    path("staff/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("staff/password/", account.password_change, name="account_change_password"),
    path("staff/password/set/", account.password_set, name="account_set_password"),
    path("staff/security/", mfa.index, name="mfa_index"),
    path("staff/sign-in/second-step/", mfa.authenticate, name="mfa_authenticate"),
    path("staff/confirm/second-step/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("staff/security/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("staff/security/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "staff/security/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"
    ),
    path(
        "staff/security/recovery-codes/new/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "staff/security/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("staff/security/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("staff/security/passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("staff/security/passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("staff/security/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("staff/sign-in/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("staff/confirm/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]
