"""Two tabs change the same application, or one changes while the provider decides: each change happens once or not."""

import pytest

from applications import actions
from applications.actions.errors import AlreadyDone
from applications.models import Application, ClosedApplication
from applications.states import NotAllowed
from npq_portal.mail.models import OutboxMessage
from tests.applications.races.threads import all_at_once
from tests.factories.applications import LATER, registered_by, submitted_by
from tests.factories.catalogue import CourseRunFactory

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = (AlreadyDone, NotAllowed)


def changing(provider, teacher):
    return lambda: actions.change_provider(
        application=Application.objects.get(), provider=provider, by=teacher, now=LATER
    )


def test_one_change_of_provider_however_often_it_is_sent(world, teacher, decider):
    registered_by(teacher)
    seen = Application.objects.get()

    def change():
        return actions.change_provider(application=seen, provider=world.other, by=teacher, now=LATER)

    results = all_at_once([change] * 10)
    assert all(isinstance(each, (Application, AlreadyDone)) for each in results), results
    assert Application.objects.get().provider == world.other
    assert ClosedApplication.objects.count() == 1
    for template in ("provider_changed", "provider_left"):
        assert OutboxMessage.objects.filter(template=f"applications/{template}").count() == 1


def test_one_change_of_course_however_often_it_is_sent(world, teacher):
    registered_by(teacher)
    run = CourseRunFactory(provider=world.ambition, qualification=world.headship, term=world.term)

    def change():
        return actions.change_course(
            application=Application.objects.get(), run=run, by=teacher, now=LATER
        ).course_run_id

    assert set(all_at_once([change] * 10)) == {run.pk}


def test_accepting_against_changing_the_provider(world, teacher, decider):
    for _ in range(6):
        Application.objects.all().delete()
        application = submitted_by(teacher)
        seen = Application.objects.get()
        accepted, changed = all_at_once(
            [
                lambda seen=seen: actions.accept(application=seen, funded_place=False, by=decider, now=LATER),
                changing(world.other, teacher),
            ]
        )
        assert isinstance(accepted, (Application, *REFUSED))
        assert isinstance(changed, Application), "an acceptance that nobody is told of gives way"
        application.refresh_from_db()
        assert (application.provider, application.state) == (world.other, "registered")
        assert not OutboxMessage.objects.filter(template="applications/accepted").exists()
