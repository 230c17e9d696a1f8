"""Section: what the reader can do with a household now, the steps of a proposal left aside."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from housing.choices import STEPS, StepCode
from housing.models import Case
from housing.policies import can_take_step
from housing.services.cases import PLAIN_STEPS
from housing.views.sections.section import Section

# Each step with the address of its page; those of a proposal stand with the proposal.
STEP_PAGES = {
    **{code: f"cases:case_{code}" for code in PLAIN_STEPS},
    StepCode.STAY: "cases:case_elsewhere",
    StepCode.CHANGE_LINK: "cases:case_change_link",
    StepCode.UNLINK: "cases:case_unlink",
}
PERSON_PAGES = {
    StepCode.BIRTH: "cases:case_birth",
    StepCode.SPLIT: "cases:case_split",
    StepCode.MERGE: "cases:case_merge",
}


def labels() -> dict[str, str]:
    """What each deed is called on its link."""
    return {
        StepCode.PREPARE: _("Take in hand"),
        StepCode.HOLD: _("Put this household on hold"),
        StepCode.RESUME: _("Take up again"),
        StepCode.NO_DWELLING: _("Note that no dwelling was found"),
        StepCode.CLOSE: _("Close"),
        StepCode.STAY: _("House in other accommodation"),
        StepCode.CHANGE_LINK: _("Link to another municipality"),
        StepCode.UNLINK: _("Unlink"),
        StepCode.BIRTH: _("Enter a birth"),
        StepCode.SPLIT: _("Split this household"),
        StepCode.MERGE: _("Take together with another household"),
    }


def deeds(user, case: Case, fields: frozenset[str], today: date) -> Section | None:
    """Links to the steps that the status allows and the reader may take."""
    steps, persons = (
        [
            (labels()[code], reverse(page, args=[case.pk]))
            for code, page in pages.items()
            if case.status in STEPS[code].before and can_take_step(user, case, code)
        ]
        for pages in (STEP_PAGES, PERSON_PAGES)
    )
    if not (steps or persons):
        return None
    return Section(
        title=_("What you can do"),
        template="housing/sections/deeds.html",
        id="deeds",
        size="4",
        values={"steps": steps, "persons": persons},
    )
