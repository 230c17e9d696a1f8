"""The sections of a household's page, in their order.

A section is a function ``(user, case, fields, today) -> Section | None``: ``fields`` are the names
from ``housing.policies.FIELDS`` that the reader sees, None leaves the section out. Each has a
module here and a template of the same name in ``templates/housing/sections/``.
"""

from housing.views.sections.deadlines import deadlines
from housing.views.sections.deeds import deeds
from housing.views.sections.facts import facts
from housing.views.sections.guidance import guidance
from housing.views.sections.household import household
from housing.views.sections.notes import notes
from housing.views.sections.placing import placing
from housing.views.sections.reunion import reunion
from housing.views.sections.section import Section
from housing.views.sections.timeline import timeline

__all__ = ["LEFT_OVER", "SECTIONS", "Section"]

# Two cards fill a row: a wide one and a narrow one.
SECTIONS = (
    placing,
    household,
    deadlines,
    facts,
    deeds,
    reunion,
    guidance,
    notes,
    timeline,
)

# Of a household whose personal data were erased: the others would tell of what is no longer there.
LEFT_OVER = (household, facts, timeline)
