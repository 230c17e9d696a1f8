"""The advice beside a vacancy in words: short on a card of the inbox, in full on its own page."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from housing.choices import DispersalLevel, RentVerdict
from housing.models import Vacancy
from housing.selectors.advice import Advice, Around
from partners.models import VillageFacility
from westerkwartier.web.templatetags.ui import euro, number, percent, pill

RENT_TONES = {
    RentVerdict.FITS: "good",
    RentVerdict.ABOVE_CAP: "warn",
    RentVerdict.ABOVE_MAX: "bad",
    RentVerdict.UNKNOWN: "neutral",
}
# Who is spoken of, and a place: "in this street".
PLACES = {
    DispersalLevel.STREET: gettext_lazy("In this street"),
    DispersalLevel.POSTCODE: gettext_lazy("In this postcode"),
    DispersalLevel.VILLAGE: gettext_lazy("In this village"),
}


@dataclass(frozen=True)
class RentLine:
    """A household, the verdict on the rent, and the limit it was held against."""

    household: str
    pills: list[SafeString]
    note: str = ""


@dataclass(frozen=True)
class AroundLine:
    place: str
    counts: str
    share: str
    warning: str = ""


class AdviceWords:
    """``Advice`` on one vacancy as sentences, pills and lines for the templates."""

    def __init__(self, vacancy: Vacancy, advice: Advice) -> None:
        self.vacancy = vacancy
        self.advice = advice

    # -- short: on a card ----------------------------------------------------------------------

    @cached_property
    def pills(self) -> list[SafeString]:
        """The rent for a small and a large household, and for somebody young alone.

        Few are young and alone, so what does not suit them is told without alarm.
        """
        rent = self.advice.rent
        if rent.limits is None:
            return [pill("neutral", _("Rent limits not known"))]
        return [
            pill(RENT_TONES[rent.small], rent_in_short(rent.small, _("1–2 persons"))),
            pill(RENT_TONES[rent.family], rent_in_short(rent.family, "3+")),
            pill(
                "good" if rent.young == RentVerdict.FITS else "neutral",
                rent_when_young(rent.young, rent.limits.young_below),
            ),
        ]

    @cached_property
    def access(self) -> str:
        """ "Step-free", or how one gets in."""
        dwelling = self.vacancy.dwelling
        if dwelling.step_free:
            return _("Step-free")
        if dwelling.floor > 0:
            return (
                _("Floor %(floor)s, with lift") if dwelling.lift else _("Floor %(floor)s, stairs")
            ) % {"floor": dwelling.floor}
        return _("Not step-free")

    @cached_property
    def sizes(self) -> str:
        """ "Suits 1 to 4 persons"; empty where no norm is known."""
        norm = self.advice.norm
        if norm is None:
            return ""
        if norm.most is None:
            return _("Suits 1 person or more")
        if norm.most == 0:
            return _("Too few bedrooms by the norm")
        if norm.most == 1:
            return _("Suits 1 person")
        return _("Suits 1 to %(most)s persons") % {"most": norm.most}

    @cached_property
    def waiting(self) -> str:
        """How many waiting households would fit; empty where that cannot be told."""
        count = self.advice.waiting
        if count is None:
            return ""
        if count == 0:
            return _("No waiting household fits.")
        return ngettext(
            "Fits %(count)s waiting household.", "Fits %(count)s waiting households.", count
        ) % {"count": number(count)}

    @cached_property
    def street(self) -> str:
        return self.around_sentence(self.advice.street)

    @cached_property
    def warnings(self) -> list[str]:
        return [warning_sentence(around) for around in self.advice.warnings]

    @cached_property
    def near(self) -> str:
        """What is in the village, on one line."""
        near = [f.get_kind_display() for f in self.advice.facilities if not f.distance_km]
        if not self.advice.facilities:
            return ""
        if not near:
            return _("No facilities in the village itself")
        return _("In the village: %(facilities)s") % {"facilities": lowered(near)}

    # -- in full: on the page of the vacancy -----------------------------------------------------

    @cached_property
    def rent_lines(self) -> list[RentLine]:
        rent = self.advice.rent
        limits = rent.limits
        if limits is None:
            return []
        lines = [
            RentLine(_("1 or 2 persons"), [rent_pill(rent.small)], up_to(limits.low_cap)),
            RentLine(_("3 or more persons"), [rent_pill(rent.family)], up_to(limits.high_cap)),
            RentLine(
                _("Alone, younger than %(age)s") % {"age": limits.young_below},
                [rent_pill(rent.young)],
                up_to(limits.low_cap if rent.exempt else limits.quality_limit),
            ),
        ]
        for moments, who in (
            (rent.advance, _("Alone now, 3 or more after family reunification")),
            (
                rent.advance_young,
                _("The same, younger than %(age)s now") % {"age": limits.young_below},
            ),
        ):
            note = ""
            if moments.above_cap:
                note = _("%(amount)s a month above the cap until the family is there") % {
                    "amount": euro(moments.above_cap)
                }
            lines.append(
                RentLine(
                    who,
                    [
                        pill(RENT_TONES[moments.now], moment_in_words(_("Now"), moments.now)),
                        pill(RENT_TONES[moments.after], moment_in_words(_("Later"), moments.after)),
                    ],
                    note,
                )
            )
        return lines

    @cached_property
    def around_lines(self) -> list[AroundLine]:
        return [
            AroundLine(
                place=f"{PLACES[around.level]} ({place_name(around)})",
                counts=_("%(households)s of %(dwellings)s dwellings")
                % {
                    "households": number(around.households),
                    "dwellings": number(around.dwellings),
                },
                share=percent(around.share),
                warning=warning_sentence(around) if around.warns else "",
            )
            for around in self.advice.around
        ]

    @cached_property
    def facilities(self) -> list[tuple[str, str]]:
        """Facility, and where it is."""
        return [(one.get_kind_display(), distance(one)) for one in self.advice.facilities]

    @cached_property
    def facility_sources(self) -> list[tuple[str, str]]:
        """Where that comes from, and how sure it is."""
        return sorted({(one.source, one.certainty) for one in self.advice.facilities})

    @cached_property
    def accessibility(self) -> str:
        """Everything known about getting in and around, as one sentence."""
        dwelling = self.vacancy.dwelling
        parts = [self.access]
        if dwelling.accessibility:
            parts.append(dwelling.get_accessibility_display())
        if dwelling.adaptations:
            parts.append(dwelling.adaptations)
        return " · ".join(str(part) for part in parts)

    @staticmethod
    def around_sentence(around: Around) -> str:
        return ngettext(
            "%(place)s permit holders live in %(households)s of %(dwellings)s dwelling.",
            "%(place)s permit holders live in %(households)s of %(dwellings)s dwellings.",
            around.dwellings,
        ) % {
            "place": PLACES[around.level],
            "households": number(around.households),
            "dwellings": number(around.dwellings),
        }


def rent_in_short(verdict: RentVerdict, who: str) -> str:
    """ "Fits 1–2 persons", for a pill."""
    if verdict == RentVerdict.FITS:
        return _("Fits %(who)s") % {"who": who}
    if verdict == RentVerdict.ABOVE_MAX:
        return _("No rent allowance for %(who)s") % {"who": who}
    return _("Too dear for %(who)s") % {"who": who}


def rent_when_young(verdict: RentVerdict, age: int) -> str:
    """ "Alone under 23: no rent allowance", for a pill."""
    if verdict == RentVerdict.FITS:
        return _("Fits alone under %(age)s") % {"age": age}
    if verdict == RentVerdict.ABOVE_MAX:
        return _("Alone under %(age)s: no rent allowance") % {"age": age}
    return _("Alone under %(age)s: too dear") % {"age": age}


def rent_pill(verdict: RentVerdict) -> SafeString:
    return pill(RENT_TONES[verdict], verdict.label)


def moment_in_words(when: str, verdict: RentVerdict) -> str:
    return f"{when}: {verdict.label}"


def up_to(limit) -> str:
    return pgettext("rent", "up to %(amount)s") % {"amount": euro(limit)}


def place_name(around: Around) -> str:
    if around.level == DispersalLevel.POSTCODE:
        return f"{around.name[:4]} {around.name[4:].strip()}".strip()
    return around.name


def warning_sentence(around: Around) -> str:
    """Says that a threshold is passed: something to weigh, no ban."""
    return _(
        "%(place)s the share has reached the agreed %(threshold)s: %(households)s of %(dwellings)s."
    ) % {
        "place": PLACES[around.level],
        "threshold": percent(around.threshold.share),
        "households": number(around.households),
        "dwellings": number(around.dwellings),
    }


def distance(facility: VillageFacility) -> str:
    """ "in the village", or how far as the crow flies."""
    if not facility.distance_km:
        return _("in the village")
    return _("%(distance)s km as the crow flies") % {"distance": number(facility.distance_km, 1)}


def lowered(words: list) -> str:
    """ "supermarket, bus stop": a list inside a sentence, with capitals of abbreviations kept."""
    return ", ".join(str(word)[:1].lower() + str(word)[1:] for word in words)
