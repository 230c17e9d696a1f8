"""Row history of people and partners: every way of writing is seen."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from housing.models import Person
from partners.models import Membership, Organisation, User
from tests.factories import MembershipFactory, OrganisationFactory, PersonFactory

OrganisationEvent = (
    Organisation.pgh_event_model
    if hasattr(Organisation, "pgh_event_model")
    else (Organisation.pgh_event_models["insert"])
)


def labels(pk):
    return list(
        OrganisationEvent.objects.filter(pgh_obj_id=pk)
        .order_by("pgh_id")
        .values_list("pgh_label", "name")
    )


def test_insert_update_bulk_and_raw_sql_are_seen(db):
    organisation = OrganisationFactory(name="Een")
    organisation.name = "Twee"
    organisation.save()
    Organisation.objects.filter(pk=organisation.pk).update(name="Drie")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE partners_organisation SET name = 'Vier'")
    assert [name for _label, name in labels(organisation.pk)] == ["Een", "Twee", "Drie", "Vier"]


def test_a_deletion_keeps_what_was(db):
    organisation = OrganisationFactory(name="Weg")
    key = organisation.pk
    organisation.delete()
    assert labels(key)[-1] == ("delete", "Weg")


def test_truncate_keeps_what_was(db):
    membership = MembershipFactory()
    event = Membership.pgh_event_models["insert"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE partners_membership")
    last = event.objects.filter(pgh_obj_id=membership.pk).order_by("-pgh_id").first()
    assert (last.pgh_label, last.role) == ("truncate", membership.role)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE partners_organisationevent SET name = 'Anders'",
        "DELETE FROM partners_organisationevent",
        "TRUNCATE partners_organisationevent",
    ],
)
def test_history_itself_stays_as_it_is(db, sql):
    organisation = OrganisationFactory(name="Een")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            cursor.execute(sql)
    assert labels(organisation.pk) == [("insert", "Een")]


def test_only_a_change_of_key_seals_history_anew(db, settings):
    old = settings.PERSONAL_DATA_KEYS
    person = PersonFactory(name="Xerxes")
    event = Person.pgh_event_models["insert"]
    before = event.objects.count()
    settings.PERSONAL_DATA_KEYS = (bytes(range(32)), *old)
    call_command("rotate_personal_data", stdout=StringIO())
    settings.PERSONAL_DATA_KEYS = (bytes(range(32)),)
    assert event.objects.get(pgh_obj_id=person.pk).name == "Xerxes"
    assert event.objects.count() == before


def test_no_history_is_kept_of_passwords_and_secrets():
    columns = {field.name for field in User.pgh_event_models["insert"]._meta.fields}
    assert not columns & {"password", "last_login", "session_round"}


@pytest.mark.django_db
def test_a_request_is_the_context_of_what_it_changed(cast):
    from partners.choices import Role
    from partners.models import Invitation

    cast.client("administrator").post(
        "/people/invite/",
        {
            "email": "nieuw@voorbeeld.example",
            "name": "Nieuw",
            "role": f"{cast.office.pk}:{Role.COORDINATOR}",
            "language": "nl",
        },
    )
    event = Invitation.pgh_event_models["insert"].objects.get()
    assert event.pgh_context.metadata["user"] == cast.administrator.pk
