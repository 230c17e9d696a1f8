"""The sections of a household's page, in their order.

A section is a function ``(user, case, fields, today) -> Section | None``: ``fields`` are the names
from ``housing.policies.FIELDS`` that the reader sees, None leaves the section out. Each has a
module here and a template of the same name in ``templates/housing/sections/``.
"""

from housing.views.sections.reunion import reunion
from housing.views.sections.section import Section

__all__ = ["SECTIONS", "Section"]

SECTIONS = (reunion,)
