"""The page of a household and its forms, in requests."""

from datetime import date

import pytest

from housing.choices import CaseStatus, StepCode
from housing.models import Case, CaseStep, Person
from housing.services.cases import case_version, change_case
from housing.services.steps import last_step
from housing.services.undoing import undo_step
from partners.models import JournalEntry
from tests.factories import PersonFactory
from tests.placing import DAY, AccommodationTypeFactory, CountingRuleFactory, at, household


@pytest.fixture(autouse=True)
def the_day(settings):
    settings.CLOCK = DAY


def post(cast, path: str, who: str = "coordinator", **data):
    return cast.client(who).post(path, data)


def done(response) -> None:
    form = (response.context or {}).get("form") if response.status_code == 422 else None
    assert response.status_code == 302, form and form.errors


FIRST = {
    "reference": "COA-1",
    "linked_on": "2017-11-01",
    "person_0_relation": "holder",
    "person_0_category": "holder",
    "person_0_name": "Samir Voorbeeld",
    "person_0_birth_date": "1985-03-04",
    "person_0_v_number": "V1234567890",
    "person_1_relation": "child",
    "person_1_category": "family",
    "person_1_sex": "f",
    "person_1_birth_date": "2010-01-01",
    **{f"person_{number}_category": "family" for number in range(2, 9)},
}


def test_a_household_is_registered_with_its_persons(cast):
    done(post(cast, "/cases/add/", municipality=cast.marum.pk, **FIRST))
    case = Case.objects.get(reference="COA-1")
    holder, child = case.persons.order_by("pk")
    assert (holder.name, holder.birth_date) == ("Samir Voorbeeld", date(1985, 3, 4))
    assert (child.relation, child.sex) == ("child", "f")
    assert last_step(case).code == StepCode.LINK


def test_an_officer_registers_for_the_own_municipality_only(cast):
    assert post(cast, "/cases/add/", "officer_marum", **FIRST, municipality=cast.leek.pk)
    assert not Case.objects.exists()
    done(post(cast, "/cases/add/", "officer_marum", **FIRST, municipality=cast.marum.pk))


def test_what_is_wrong_in_a_row_is_said_there_and_the_row_is_open(cast):
    wrong = {**FIRST, "person_3_name": "Zoë", "person_0_sex": "m"}
    page = post(cast, "/cases/add/", municipality=cast.marum.pk, **wrong)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"person_3_relation", "person_0_sex"}
    assert page.context["form"].rows[3].is_open
    assert not Case.objects.exists()


def test_the_page_shows_persons_facts_deadlines_and_time_line(cast):
    case = household(cast, permit_on=date(2017, 9, 1))
    PersonFactory(case=case, name="Zoë Voorbeeld", v_number="V1234567890", relation="partner")
    text = cast.client("coordinator").get(f"/cases/{case.pk}/").content.decode()
    assert "Zoë Voorbeeld" in text
    assert "1234567890" not in text
    assert JournalEntry.objects.filter(action="case.read", object_key=str(case.pk)).exists()


def test_a_number_is_shown_by_a_click_that_is_journalled(cast):
    case = household(cast)
    person = PersonFactory(case=case, v_number="V1234567890", relation="partner")
    url = f"/cases/persons/{person.pk}/v-number/"
    client = cast.client("officer_marum")
    assert client.get(url).status_code == 405
    assert "V1234567890" in client.post(url).content.decode()
    assert "V1234567890" in client.post(url, headers={"hx-request": "true"}).content.decode()
    assert JournalEntry.objects.filter(action="person.reveal").count() == 2
    assert post(cast, url, "officer_leek").status_code == 404


def test_two_people_in_one_form(cast):
    case = household(cast)
    opened = case_version(case)
    change_case(
        by=cast.officer_marum,
        case=case,
        values={"permit_on": date(2017, 9, 1)},
        version=opened,
    )
    page = post(cast, f"/cases/{case.pk}/edit/", version=opened, permit_on="2017-08-01")
    assert page.status_code == 422
    (difference,) = page.context["differences"]
    assert difference[1:] == ("1 september 2017", "1 augustus 2017")
    again = page.context["form"].data["version"]
    done(post(cast, f"/cases/{case.pk}/edit/", version=again, permit_on="2017-08-01"))
    case.refresh_from_db()
    assert case.permit_on == date(2017, 8, 1)


def test_needs_and_wishes_go_through_the_form(cast):
    case = household(cast)
    page = cast.client("coordinator").get(f"/cases/{case.pk}/edit/")
    version = page.context["form"].initial["version"]
    wish = {"village_0": cast.village_leek.pk, "why_0": "work"}
    done(post(cast, f"/cases/{case.pk}/edit/", version=version, bedrooms_by_hand="3", **wish))
    case.refresh_from_db()
    assert (case.bedrooms, case.preferences.get().village) == (3, cast.village_leek)
    half = {"version": case_version(case), "village_0": cast.village_leek.pk}
    assert post(cast, f"/cases/{case.pk}/edit/", **half).status_code == 422


def test_nobody_is_added_to_a_household_that_ended(cast):
    case = household(cast)
    assert "persons/add/" in cast.client("coordinator").get(f"/cases/{case.pk}/").content.decode()
    done(post(cast, f"/cases/{case.pk}/unlink/", on=DAY.isoformat(), reason="left"))
    page = cast.client("coordinator").get(f"/cases/{case.pk}/")
    assert "persons/add/" not in page.content.decode()


def test_a_new_person_is_a_child_of_the_family_until_told_otherwise(cast):
    form = (
        cast.client("coordinator").get(f"/cases/{household(cast).pk}/persons/add/").context["form"]
    )
    assert (form["relation"].value(), form["category"].value()) == ("child", "family")
    assert "" not in dict(form.fields["category"].choices)


def test_a_person_is_added_changed_and_keeps_a_number_that_was_not_typed_again(cast):
    case = household(cast)
    values = {"relation": "child", "category": "family", "sex": "m", "name": "Noor"}
    done(post(cast, f"/cases/{case.pk}/persons/add/", v_number="V1", **values))
    person = Person.objects.get(name_tokens__found_by="noor")
    url = f"/cases/persons/{person.pk}/edit/"
    page = cast.client("coordinator").get(url)
    assert "V1" not in str(page.context["form"]["v_number"])
    version = page.context["form"].initial["version"]
    done(post(cast, url, **{**values, "name": "Nour"}, version=version))
    person.refresh_from_db()
    assert (person.name, person.v_number) == ("Nour", "V1")
    version = cast.client("coordinator").get(url).context["form"].initial["version"]
    done(post(cast, url, **{**values, "name": "Nour"}, version=version, forget_number="on"))
    person.refresh_from_db()
    assert person.v_number == ""


STEPS = [
    ("prepare", {}, CaseStatus.IN_PREPARATION),
    ("hold", {"reason": "awaits_coa"}, CaseStatus.ON_HOLD),
    ("no-dwelling", {"remark": "Niets vrij"}, CaseStatus.LINKED),
    ("unlink", {"reason": "left"}, CaseStatus.UNLINKED),
    ("unlink", {"reason": "elsewhere"}, CaseStatus.RELINKED),
]


@pytest.mark.parametrize(("path", "data", "after"), STEPS)
def test_a_step_is_taken_and_taken_back(cast, path, data, after):
    case = household(cast)
    done(post(cast, f"/cases/{case.pk}/{path}/", on="2017-11-20", **data))
    case.refresh_from_db()
    assert case.status == after
    step = last_step(case)
    url = f"/cases/steps/{step.pk}/undo/"
    assert post(cast, url, remark="").status_code == 422
    done(post(cast, url, remark="Vergissing"))
    case.refresh_from_db()
    assert case.status == CaseStatus.LINKED
    page = cast.client("coordinator").get(f"/cases/{case.pk}/").content.decode()
    assert "<s>" in page
    assert "Vergissing" in page


def test_a_hold_needs_its_reason_and_merging_is_none_of_unlinking(cast):
    case = household(cast)
    assert post(cast, f"/cases/{case.pk}/hold/", on="2017-11-20").status_code == 422
    merged = {"on": "2017-11-20", "reason": "merged"}
    assert post(cast, f"/cases/{case.pk}/unlink/", **merged).status_code == 422


def test_a_step_that_is_not_for_now_is_refused_in_its_form(cast):
    case = household(cast)
    assert post(cast, f"/cases/{case.pk}/resume/", on="2017-11-20").status_code == 422
    assert CaseStep.objects.count() == 1


def test_birth_departure_split_merge_and_link_have_their_pages(cast):
    case = household(cast, persons=2)
    other = household(cast, reference="ANDER")
    done(post(cast, f"/cases/{case.pk}/birth/", on="2017-11-20", name="Zoë", sex="f"))
    child, partner = (case.persons.get(relation=who) for who in ("child", "partner"))
    done(post(cast, f"/cases/persons/{child.pk}/depart/", because="died", on="2017-11-20"))
    split = {"persons": [partner.pk], "reference": "NIEUW", "on": "2017-11-20"}
    done(post(cast, f"/cases/{case.pk}/split/", **split))
    part = Case.objects.get(reference="NIEUW")
    assert post(cast, f"/cases/{case.pk}/merge/", absorbed="?", on="2017-11-20").status_code == 422
    done(post(cast, f"/cases/{case.pk}/merge/", absorbed="ander", on="2017-11-20"))
    other.refresh_from_db()
    assert (part.split_from, other.merged_into) == (case, case)
    done(post(cast, f"/cases/{case.pk}/link/", municipality=cast.leek.pk, on="2017-11-20"))
    text = cast.client("coordinator").get(f"/cases/{case.pk}/").content.decode()
    assert "Marum → Leek" in text


def test_a_double_click_on_splitting_merging_or_linking_says_it_is_done(cast):
    case = household(cast, persons=2)
    other = household(cast, reference="ANDER")
    partner = case.persons.get(relation="partner")
    sent = (
        ("split", {"persons": [partner.pk], "reference": "NIEUW", "on": "2017-11-20"}),
        ("merge", {"absorbed": "ander", "on": "2017-11-20"}),
        ("link", {"municipality": cast.leek.pk, "on": "2017-11-20"}),
    )
    for page, data in sent:
        for _half in range(2):
            done(post(cast, f"/cases/{case.pk}/{page}/", **data))
    codes = list(case.steps.order_by("pk").values_list("code", flat=True))
    assert codes == ["link", "split", "merge", "change_link"]
    assert set(Case.objects.values_list("reference", flat=True)) == {
        *(case.reference, other.reference, "NIEUW")
    }


@pytest.mark.parametrize("reference", ["\x00", "ANDERS", ""])
def test_who_went_is_not_split_off_once_more(cast, reference):
    case = household(cast, persons=2)
    partner = case.persons.get(relation="partner")
    split = {"persons": [partner.pk], "on": "2017-11-20"}
    done(post(cast, f"/cases/{case.pk}/split/", reference="NIEUW", **split))
    again = post(cast, f"/cases/{case.pk}/split/", reference=reference, **split)
    assert again.status_code == 422
    assert Case.objects.count() == 2


def test_other_accommodation(cast):
    kind = AccommodationTypeFactory(code="hotel", regular=False)
    CountingRuleFactory(accommodation=kind, from_event="none", credited_to="none")
    case = household(cast)
    asked = {"accommodation": kind.pk, "municipality": cast.leek.pk, "on": "2017-11-20"}
    done(post(cast, f"/cases/{case.pk}/elsewhere/", **asked))
    assert case.stays.get().accommodation == kind


@pytest.mark.parametrize(
    "path", ["edit", "persons/add", "birth", "split", "merge", "link", "unlink", "elsewhere"]
)
def test_the_forms_open_for_the_coordinator_and_for_nobody_out_of_reach(cast, path):
    case = household(cast, persons=2)
    assert cast.client("coordinator").get(f"/cases/{case.pk}/{path}/").status_code == 200
    for who in ("officer_leek", "corporation_staff", "guidance_worker", "stranger"):
        assert cast.client(who).get(f"/cases/{case.pk}/{path}/").status_code == 404


def test_only_the_last_step_offers_to_be_taken_back(cast):
    case = household(cast)
    for code, data in (("prepare", {}), ("hold", {"reason": "awaits_coa"})):
        done(post(cast, f"/cases/{case.pk}/{code}/", on="2017-11-20", **data))
    page = cast.client("coordinator").get(f"/cases/{case.pk}/").content.decode()
    assert page.count("/undo/") == 1
    undo_step(by=cast.coordinator, step=last_step(case), reason="Nee", now=at())
    assert (
        f"/cases/steps/{last_step(case).pk}/undo/"
        in cast.client("coordinator").get(f"/cases/{case.pk}/").content.decode()
    )


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("0001-01-01", "Deze dag is te lang geleden."),
        ("9999-12-31", "Deze dag ligt te ver vooruit."),
        ("2017-02-31", "Voer een geldige datum in."),
    ],
)
def test_a_day_that_nobody_means_is_refused_in_every_form(cast, day, sentence):
    case = household(cast)
    person = PersonFactory(case=case, category="reunifier", relation="partner")
    client = cast.client("coordinator")
    for path, field in (
        (f"/cases/{case.pk}/edit/", "permit_on"),
        (f"/cases/persons/{person.pk}/edit/", "expected_on"),
        (f"/cases/persons/{person.pk}/edit/", "birth_date"),
        (f"/cases/{case.pk}/expect/", "expected_on"),
        (f"/cases/{case.pk}/no-dwelling/", "on"),
    ):
        answer = client.post(path, {field: day})
        assert answer.status_code == 422
        assert answer.context["form"].errors[field] == [sentence], path
