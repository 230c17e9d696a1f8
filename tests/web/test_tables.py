"""The base of every list's table."""

from django.test import RequestFactory

from housing.models import Vacancy
from housing.tables import VacancyTable
from westerkwartier.web.tables import PageRows


def test_a_table_shows_every_row_of_its_page():
    # django-tables2 would cut the page again, at 25 rows, and the rest would be on no page.
    rows = [Vacancy(pk=number) for number in range(50)]
    for address in ("/", "/?page=2", "/?per_page=3"):
        table = VacancyTable(PageRows(rows), request=RequestFactory().get(address))
        assert len(table.paginated_rows) == 50
