"""Fills databases, measures, prints ratios: ``make bench``.

Read from the environment: ``ROWS`` (the large size, 100,000), ``ROWS_SMALL`` (1,000), ``ROUNDS``
(25), ``IMPORT_ROWS`` (10,000) and ``WRITE=1``, which keeps the result in docs/benchmarks.md.
``DATABASE_URL`` names a database that the bench may fill with the region, on a server on which it
may make and drop others. Exit status 1 when a goal is missed.
"""

import os
import sys
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
os.environ["DJANGO_SETTINGS_MODULE"] = "scripts.bench.settings"

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from scripts.bench import fill, lists, report, rounds, site  # noqa: E402
from scripts.bench.imports import Import  # noqa: E402
from westerkwartier.web.clock import today  # noqa: E402

URL = settings.DATABASE_URL


def number(name: str, default: int) -> int:
    return int(os.environ.get(name) or default)


def base() -> None:
    """The database that every size is a copy of: the region, and somebody who looks at it."""
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    with open(os.devnull, "w") as nowhere:
        call_command("load_region", "westerkwartier", stdout=nowhere)
    connections.close_all()
    fill.prepare(URL)


def measure_lists(sites: list[site.Site], times: int) -> list[report.Line]:
    small, large = sites
    against = lists.others(large, today())
    lists.same_rows(against)
    groups = [*lists.list_cases(sites), *lists.figure_cases(sites), against]
    found = rounds.run(groups, times)
    lines = [
        report.Line(
            f"list, {label}, {place} page: {large.rows:,} against {small.rows:,} rows",
            rounds.ratio(found[label, place, large.rows], found[label, place, small.rows]),
            1.3,
        )
        for label in lists.FILTERS
        for place in lists.PLACES
    ]
    page = found["page"]
    what = f"list, first page of {large.rows:,} rows, against"
    return [
        *lines,
        report.Line(
            f"{what} raw SQL of its rows and hello",
            rounds.ratio(page, found["rows"], found["hello"]),
            5,
        ),
        report.Line(
            f"{what} Django's admin of the same rows",
            rounds.ratio(page, found["admin"]),
            0.25,
        ),
        *(
            report.Line(
                f"{label}: {large.rows:,} against {small.rows:,} rows",
                rounds.ratio(found[label, large.rows], found[label, small.rows]),
            )
            for label in lists.FIGURES
        ),
    ]


def measure_queries(small: site.Site) -> list[report.Line]:
    counts = lists.query_counts(small)
    return [report.Line(f"queries of a page: {name}", count, 8) for name, count in counts.items()]


def measure_import(large: site.Site, rows: int, times: int) -> list[report.Line]:
    work = Import(large, rows)
    found = rounds.run([work.cases()], times, between=work.clean)
    what = f"import of {rows:,} checked rows against COPY of the same"
    return [report.Line(what, rounds.ratio(found["import"], found["copy"]), 10)]


def main() -> None:
    sizes = [number("ROWS_SMALL", 1000), number("ROWS", 100_000)]
    times = number("ROUNDS", 25)
    base()
    try:
        names = [fill.build(URL, rows) for rows in sizes]
        web = site.application()
        sites = [site.Site(web, name, rows) for name, rows in zip(names, sizes, strict=True)]
        server = str(connections["default"].pg_version // 10_000)
        lines = measure_lists(sites, times) + measure_queries(sites[0])
        lines += measure_import(sites[1], number("IMPORT_ROWS", 10_000), times)
    finally:
        connections.close_all()
        fill.drop(URL, sizes)
    last_run = report.circumstances(times, server, datetime.now().date())  # noqa: DTZ005
    print(f"{last_run}\n\n{report.table(lines)}")
    if os.environ.get("WRITE") == "1":
        text = report.page(lines, last_run)
        (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")
    missed = sum(line.met is False for line in lines)
    if missed:
        sys.exit(f"{missed} of {sum(line.goal is not None for line in lines)} goals are missed.")


if __name__ == "__main__":
    main()
