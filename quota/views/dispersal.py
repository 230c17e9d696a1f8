"""How households of permit holders live over the villages."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quota.policies import SHARE_READERS, can_view_share, can_view_small_counts
from quota.selectors import Dispersal, dispersal
from quota.share_tables import DispersalTable
from quota.views.common import Choice, QuotaPage
from westerkwartier.web.maps import MapTexts, Place, circle_map
from westerkwartier.web.tables import PageRows
from westerkwartier.web.templatetags.ui import date_long, number, percent
from westerkwartier.web.views import Page

NARROW = 340


class DispersalView(QuotaPage, Page):
    """A map and a table of the villages: dwellings, and households of permit holders in them."""

    policy = can_view_share
    readers = SHARE_READERS
    template_name = "quota/dispersal.html"
    title = gettext_lazy("Dispersal over the villages")

    def get_context_data(self, **kwargs):
        found = dispersal(
            self.region,
            on=self.on,
            small_hidden=not can_view_small_counts(self.request.user, self.region),
        )
        above = [village.name for village in found.villages if village.warns]
        table = DispersalTable(
            PageRows(found.villages),
            total=found.total,
            warns=bool(above),
            request=self.request,
        )
        places, texts = map_places(found), map_texts(found)
        return super().get_context_data(
            **{
                "subtitle": _("Position on %(day)s") % {"day": date_long(found.on)},
                "regions": [
                    Choice(
                        region.name,
                        f"{self.request.path}?region={region.slug}",
                        region is self.region,
                    )
                    for region in self.regions
                ],
                "found": found,
                "table": table,
                "map": circle_map(places, texts),
                "narrow_map": circle_map(places, texts, width=NARROW),
                "above": above,
                **kwargs,
            }
        )


def map_places(found: Dispersal) -> list[Place]:
    """The villages as the map needs them; below the name stands how many of how many."""
    return [
        Place(
            name=village.name,
            latitude=village.latitude,
            longitude=village.longitude,
            amount=village.dwellings,
            part=village.households,
            note=""
            if village.households is None
            else _("%(households)s of %(dwellings)s")
            % {
                "households": number(village.households),
                "dwellings": number(village.dwellings),
            },
            marked=village.warns,
        )
        for village in found.villages
    ]


def map_texts(found: Dispersal) -> MapTexts:
    """What the map says to who cannot see it, and its legend."""
    total = found.total
    return MapTexts(
        alt=_(
            "Map of %(villages)s villages with %(dwellings)s dwellings; the table has the figures "
            "of each."
        )
        % {"villages": number(len(found.villages)), "dwellings": number(total.dwellings)},
        unit=_("dwellings"),
        example=_("dark: permit holders live in %(part)s of %(amount)s dwellings"),
        hidden=_("fewer than 5 households: not shown"),
        marked=_("heavy rim: above the threshold of %(share)s")
        % {"share": percent(found.threshold.share) if found.threshold else ""},
    )
