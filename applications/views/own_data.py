"""Everything that the portal holds about the person, to read, to print and to take along."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from applications.held.about import held_about
from applications.held.facts import as_json
from applications.views.own import SignedInRequest, signed_in


@signed_in
@require_safe
def own_data(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    context = {"sections": held_about(request.user, now), "at": now}
    return render(request, "applications/own_data.html", context)


@signed_in
@require_safe
def own_data_file(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    response = JsonResponse(
        as_json(held_about(request.user, now), now), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    day = timezone.localdate(now).isoformat()
    response["Content-Disposition"] = f'attachment; filename="my-npq-portal-data-{day}.json"'
    return response
