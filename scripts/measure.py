"""How pages and figures hold up when the region grows: ratios, not seconds.

    .venv/bin/python scripts/measure.py [--times 1 10 100]

Makes a scratch database for each size (1 is 5,500 dwellings, 20,000 vacancies, 50,000 persons) on
the server in DATABASE_URL, fills it in SQL, asks each page a few times through Django's test
client and prints the median against the first size. The scratch databases are dropped at the end.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 7

FILL = """
SET session_replication_role = replica;
ALTER TABLE housing_tenancy DROP CONSTRAINT tenancy_dwelling_one_at_a_time;
ALTER TABLE housing_tenancy DROP CONSTRAINT tenancy_household_one_at_a_time;
INSERT INTO housing_dwelling (corporation_id, village_id, street, number, addition, postcode, kind,
    label, rooms, bedrooms, floor, lift, step_free, illustrative)
SELECT (SELECT id FROM partners_organisation WHERE kind = 'corporation' LIMIT 1),
    (SELECT array_agg(village_id) FROM partners_villagebelonging WHERE valid_to IS NOT NULL)
        [1 + n %% 38],
    'Voorbeeldstraat ' || n / 200, n %% 200 + 1, '', 'X' || n / 200, 'house', '', 4, 3, 0, false,
    false, true
FROM generate_series(1, 5500 * %(times)s) n;
INSERT INTO housing_vacancy (dwelling_id, notice_on, available_from, net_rent, service_costs, state,
    closed_on, illustrative)
SELECT ids.first + n / 4, date '2016-03-24' + n %% 600, date '2016-04-24' + n %% 600,
    400 + n %% 300, 10, CASE n %% 5 WHEN 0 THEN 'let_permit' ELSE 'let_regular' END,
    date '2016-05-24' + n %% 600, true
FROM generate_series(1, 20000 * %(times)s) n, (SELECT min(id) AS first FROM housing_dwelling) ids;
INSERT INTO housing_assessment (vacancy_id, verdict, remark, at)
SELECT id, 'suitable', '', now() FROM housing_vacancy WHERE id %% 5 > 0;
INSERT INTO housing_case (region_id, reference, linked_municipality_id, linked_on, illustrative)
SELECT (SELECT id FROM partners_region LIMIT 1), 'M' || n,
    (SELECT array_agg(id) FROM partners_municipality WHERE region_id IS NOT NULL
        AND valid_to IS NOT NULL)[1 + n %% 4], date '2016-01-01' + n %% 690, true
FROM generate_series(1, 25000 * %(times)s) n;
INSERT INTO housing_person (case_id, category, arrived_on, counted_on, credited_municipality_id)
SELECT c.id, CASE p WHEN 1 THEN 'holder' ELSE 'reunifier' END, c.linked_on, c.linked_on,
    c.linked_municipality_id
FROM housing_case c, generate_series(1, 2) p;
INSERT INTO housing_tenancy (vacancy_id, dwelling_id, case_id, signed_on, starts_on)
SELECT v.id, v.dwelling_id, c.id, c.linked_on, c.linked_on
FROM (SELECT id, row_number() OVER () AS r, linked_on FROM housing_case) c
JOIN (SELECT id, dwelling_id, row_number() OVER () AS r FROM housing_vacancy) v USING (r);
SET session_replication_role = DEFAULT;
ANALYZE;
"""

PAGES = [
    ("start page", "/"),
    ("region overview", "/region/"),
    ("vacancies, first page", "/vacancies/"),
    ("vacancies, by street", "/vacancies/?sort=address"),
    ("vacancies, one municipality", "/vacancies/?municipality={municipality}"),
    ("vacancies, halfway", "{next}"),
    ("vacancies, without a verdict", "/vacancies/?verdict=awaiting"),
    ("reports", "/reports/"),
]


def scratch(base: str, times: int) -> str:
    """A filled database of this size; its address."""
    name = f"measure_{times}"
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
        own = connection.info.dbname
    url = base.replace(f"/{own}?", f"/{name}?", 1)
    environment = {**os.environ, "DATABASE_URL": url}
    for command in (["migrate", "-v0"], ["load_region", "westerkwartier"], ["demo_accounts"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    with psycopg.connect(url) as connection:
        for statement in (FILL % {"times": times}).split(";\n"):
            if statement.strip():
                connection.execute(statement)
    return url


def drop(base: str, times: int) -> None:
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE measure_{times} WITH (FORCE)")


def ask(url: str) -> dict[str, tuple[float, int]]:
    """Median milliseconds and number of queries per page, in a process of its own."""
    output = subprocess.run(
        [sys.executable, __file__, "--ask"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    rows = [line.split("\t") for line in output.splitlines() if "\t" in line]
    return {name: (float(median), int(queries)) for name, median, queries in rows}


def ask_here() -> None:
    import django

    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "westerkwartier.settings")
    django.setup()
    from django.db import connection
    from django.http import QueryDict
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from housing.models import Vacancy
    from partners.models import Municipality, User
    from westerkwartier.web.paging import keyset_page

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(email__startswith="coordinator@"))
    halfway = Vacancy.objects.filter(available_from__lt="2017-02-15")
    page = keyset_page(halfway, order=["-available_from"], params=QueryDict(""))
    places = {
        "municipality": Municipality.objects.get(cbs_code="GM0025").pk,
        "next": f"/vacancies/{page.next_url}",
    }
    for name, pattern in PAGES:
        path, times = pattern.format(**places), []
        assert client.get(path).status_code == 200, path
        for _round in range(ROUNDS):
            start = time.perf_counter()
            client.get(path)
            times.append((time.perf_counter() - start) * 1000)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        print(f"{name}\t{statistics.median(times)}\t{len(queries)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--ask", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ask:
        ask_here()
        return
    base = os.environ["DATABASE_URL"]
    found = {}
    for times in options.times:
        start = time.perf_counter()
        found[times] = ask(scratch(base, times))
        drop(base, times)
        print(f"{times} times: measured in {time.perf_counter() - start:.0f} s", file=sys.stderr)
    first = options.times[0]
    print("| page | queries |" + "".join(f" {t} × |" for t in options.times))
    print("|---|---:|" + "---:|" * len(options.times))
    for name, (base_time, queries) in found[first].items():
        ratios = "".join(f" {found[t][name][0] / base_time:.1f} |" for t in options.times)
        print(f"| {name} | {queries} |{ratios}")


if __name__ == "__main__":
    main()
