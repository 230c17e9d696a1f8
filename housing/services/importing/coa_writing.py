"""Writing COA's files to the register, and taking them back: what links and sign-offs share."""

from datetime import datetime

import pgtrigger
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.models import Case, CaseStep, Dwelling, Person, Proposal, Vacancy
from housing.policies import can_undo_step
from housing.selectors.steps import newest_steps
from housing.services.coa import keep_statements, newer_statements, take_back_statements
from housing.services.undoing import undo_step
from partners.choices import RowOutcome
from partners.models import ImportBatch, ImportRow
from westerkwartier.web.refusals import Refused

NOT_AS_CHECKED = gettext_lazy("This household is no longer as it was when the file was checked.")


class CoaWriter:
    """See ``partners.services.imports.kinds.Writer``; ``about`` is what the files tell of."""

    chunk = 200
    about: str

    def lock(self, rows: list[ImportRow]) -> None:
        """Dwellings, vacancies, cases: in the order of every service that places."""
        cases = [row.target for row in rows if row.target]
        vacancies = Vacancy.objects.filter(
            pk__in=Proposal.objects.live().filter(case__in=cases).values("vacancy")
        )
        dwellings = Dwelling.objects.filter(pk__in=vacancies.values("dwelling"))
        for found in (dwellings, vacancies, Case.objects.filter(pk__in=cases)):
            list(found.order_by("pk").select_for_update(no_key=True).values_list("pk"))

    def write(self, batch: ImportBatch, row: ImportRow, now: datetime) -> int:
        raise NotImplementedError

    def finish(self, batch: ImportBatch, now: datetime) -> None:
        keep_statements(batch, self.about)

    def obstacles(self, batch: ImportBatch) -> dict[int, str]:
        rows = list(written_rows(batch))
        self.lock(rows)
        found = newer_statements(batch, self.about)
        newest = newest_steps([row.target for row in rows])
        for row in rows:
            step = newest.get(row.target)
            if step is None or step.pk != row.record["step"]:
                found[row.pk] = _("something was done for this household since.")
            elif row.outcome == RowOutcome.CHANGE and not can_undo_step(
                batch.undone_by, step.case, step
            ):
                found[row.pk] = _("you may not take this step back.")
        return found | built_upon([row for row in rows if row.outcome == RowOutcome.ADD])

    def take_back(self, batch: ImportBatch, now: datetime) -> None:
        rows = list(written_rows(batch))
        changed = [row.record["step"] for row in rows if row.outcome == RowOutcome.CHANGE]
        steps = CaseStep.objects.filter(pk__in=changed).select_related("case", "proposal__vacancy")
        for step in steps.order_by("pk"):
            undo_step(by=batch.undone_by, step=step, reason=_("The import was undone."), now=now)
        delete_entered([row.target for row in rows if row.outcome == RowOutcome.ADD])
        take_back_statements(batch)


def written_rows(batch: ImportBatch):
    return ImportRow.objects.filter(
        batch=batch, outcome__in=[RowOutcome.ADD, RowOutcome.CHANGE]
    ).order_by("pk")


def own_step(step: CaseStep, batch: ImportBatch, now: datetime) -> CaseStep:
    """The step, when this import took it: a service gives back one that was taken already."""
    if (step.by_id, step.at) != (batch.approved_by_id, now):
        raise Refused(str(NOT_AS_CHECKED))
    return step


def built_upon(rows: list[ImportRow]) -> dict[int, str]:
    """Entered households that are no longer as they were entered, by row.

    What is reckoned by itself (bedrooms) does not count.
    """
    row_of = {row.target: row for row in rows}
    found: dict[int, str] = {}
    for model, key, own in (
        (Case, "pk", ("persons", "steps")),
        (Person, "case_id", ()),
    ):
        mine = model._default_manager.filter(**{f"{key}__in": list(row_of)})
        for relation in model._meta.related_objects:
            other, name = relation.related_model, relation.get_accessor_name()
            if hasattr(other, "pgh_tracked_model") or name in own or not other._meta.managed:
                continue
            refers = other._default_manager.filter(**{f"{relation.field.name}__in": mine})
            path = relation.field.attname if model is Case else f"{relation.field.name}__case_id"
            for case_id in refers.values_list(path, flat=True):
                found[row_of[case_id].pk] = _("%(what)s: it is used there.") % {
                    "what": other._meta.verbose_name_plural
                }
    for case_id in changed_since(rows):
        found[row_of[case_id].pk] = _("it was changed after the import.")
    return found


def changed_since(rows: list[ImportRow]) -> set[int]:
    """Cases whose facts, or whose persons, are not as the file told them."""
    told = {row.target: row.record for row in rows}
    changed = set(
        Person.pgh_event_models["update"]
        .objects.filter(case__in=list(told), pgh_label="update")
        .values_list("case_id", flat=True)
    )
    names = ("linked_municipality_id", "linked_on", "permit_on", "handler_id", "guidance_id")
    for case in Case.objects.filter(pk__in=list(told)).values("pk", "bedrooms_by_hand", *names):
        record = told[case["pk"]]
        as_told = (
            case["linked_municipality_id"] == record["linked_municipality"]
            and str(case["linked_on"]) == record["linked_on"]
            and (case["permit_on"] and str(case["permit_on"])) == record["permit_on"]
            and (case["handler_id"], case["guidance_id"], case["bedrooms_by_hand"])
            == (None, None, None)
        )
        if not as_told:
            changed.add(case["pk"])
    return changed


def delete_entered(case_ids: list[int]) -> None:
    """Take households that were entered by mistake out again, with persons and first step.

    Steps are append-only for who works with a household; of these nobody did, and left there they
    would keep the reference from being entered again. Row history keeps persons and households.
    """
    with pgtrigger.ignore("housing.CaseStep:append_only"):
        CaseStep.objects.filter(case__in=case_ids).delete()
    Person.objects.filter(case__in=case_ids).delete()
    Case.objects.filter(pk__in=case_ids).delete()
