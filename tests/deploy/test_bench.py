"""The bench runs, in small: what it measures and prints, and that it leaves nothing behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import running

ROOT = Path(__file__).resolve().parents[2]
SMALL = {"ROWS_SMALL": "200", "ROWS": "400", "ROUNDS": "3", "IMPORT_ROWS": "20", "WRITE": ""}


@pytest.fixture(scope="module")
def bench() -> subprocess.CompletedProcess:
    servers = running()
    url = servers.new_database("bench_base")
    return subprocess.run(
        [sys.executable, "-m", "scripts.bench"],
        cwd=ROOT,
        env={**os.environ, **SMALL, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_it_prints_every_figure_with_its_goal(bench):
    table = [line for line in bench.stdout.splitlines() if line.startswith("| ")]
    for figure in (
        "list, no filter, first page: 400 against 200 rows",
        "list, street, found seldom, last page: 400 against 200 rows",
        "against raw SQL of its rows and hello",
        "against Django's admin",
        "queries of a page: Vacated dwellings",
        "import of 20 checked rows against COPY",
    ):
        assert [line for line in table if figure in line], bench.stdout + bench.stderr
    assert "Last run:" in bench.stdout


def test_it_fails_on_a_missed_goal_alone(bench):
    # So small and with three rounds the ratios say nothing: either end is right, not a crash.
    assert "Traceback" not in bench.stderr
    missed = bench.stdout.count("**no**")
    assert bench.returncode == (1 if missed else 0)
    assert not missed or f"{missed} of " in bench.stderr


def test_it_leaves_no_database_behind(bench):
    names = running().cluster.ask("SELECT datname FROM pg_database")[1].split()
    assert not {"bench_200", "bench_400"} & set(names)
