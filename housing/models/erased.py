"""Which rows belong to a household whose personal data were erased, as SQL for the triggers.

``services.retention`` erases; what it may delete or empty the database says itself, whoever asks.
Each function gives a condition over a row or a line of row history, ``OLD``.
"""


def of_case(key: str = "OLD.case_id") -> str:
    """``key`` is SQL for the key of the household."""
    return (
        "EXISTS (SELECT 1 FROM housing_case AS gone "
        f"WHERE gone.id = {key} AND gone.erased_on IS NOT NULL)"
    )


def of_person(key: str = "OLD.person_id") -> str:
    """Of the household that the person belongs to now."""
    return of_case(f"(SELECT case_id FROM housing_person WHERE id = {key})")


def of_note(key: str = "OLD.note_id") -> str:
    return of_case(f"(SELECT case_id FROM housing_casenote WHERE id = {key})")


def of_reference() -> str:
    """Of a household that still has the reference: it is taken away last."""
    return (
        "EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.region_id = OLD.region_id "
        "AND gone.reference = OLD.reference AND gone.erased_on IS NOT NULL)"
    )


# A line that makes somebody count stays: the quota is made of it.
COUNTS_NOW = """(
    OLD.reverses_id IS NULL
    AND EXISTS (SELECT 1 FROM housing_person AS person
        WHERE person.id = OLD.person_id AND person.counted_on IS NOT NULL)
    AND OLD.id = (SELECT max(line.id) FROM housing_counting AS line
        WHERE line.person_id = OLD.person_id AND line.reverses_id IS NULL))"""
