"""Stays in accommodation that is no dwelling: one at a time, until the household goes on."""

from datetime import date

from django.utils.translation import gettext as _

from housing.models import AccommodationType, Case, Stay
from partners.models import Municipality
from westerkwartier.web.refusals import Refused, refused_by_constraints
from westerkwartier.web.templatetags.ui import date_short


def begin_stay(
    case: Case, *, accommodation: AccommodationType, municipality: Municipality, on: date
) -> Stay:
    """The household stays somewhere from ``on``; where it stayed before ends that day."""
    end_stay(case, on=on)
    with refused_by_constraints(Stay):
        return Stay.objects.create(
            case=case, accommodation=accommodation, municipality=municipality, starts_on=on
        )


def end_stay(case: Case, *, on: date) -> None:
    """The household leaves where it stays, if it stays anywhere. ``Refused`` when it came there
    only later. The case is locked."""
    stay = case.stays.filter(ends_on=None).first()
    if stay is None:
        return
    if on < stay.starts_on:
        raise Refused(
            _("The household stays elsewhere since %(day)s, which is later.")
            % {"day": date_short(stay.starts_on)},
            field="on",
        )
    stay.ends_on = on
    stay.save(update_fields=["ends_on"])


def never_came(case: Case, *, on: date) -> None:
    """The household did not come where it stays since ``on``: it stays where it stayed before."""
    stay = case.stays.filter(starts_on=on, ends_on=None).order_by("pk").last()
    if stay is not None:
        stay.delete()
    never_left(case, on=on)


def never_left(case: Case, *, on: date) -> None:
    """The household did not leave on ``on`` where it stayed last."""
    stay = case.stays.order_by("starts_on", "pk").last()
    if stay is not None and stay.ends_on == on:
        stay.ends_on = None
        stay.save(update_fields=["ends_on"])
