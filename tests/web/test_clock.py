"""The clock of a demonstration stands on one day; only the time of day goes on."""

from datetime import UTC, date, datetime

from westerkwartier.web import clock

MOMENT = datetime(2026, 11, 25, 15, 35, tzinfo=UTC)


def test_a_moment_of_the_database_is_told_on_the_pinned_day(settings):
    settings.CLOCK = date(2017, 11, 23)
    assert clock.told(MOMENT).strftime("%Y-%m-%d %H:%M") == "2017-11-23 16:35"


def test_without_a_demonstration_it_stays_as_it_is(settings):
    settings.CLOCK = None
    assert clock.told(MOMENT) == MOMENT
