"""The keeper of the demonstration's processes: what dies comes back, what must end is gone."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
# The keeper with short times, for a test that must be quick.
QUICK = """
import sys
from scripts import keep
keep.SETTLED, keep.PAUSES, keep.GRACE = 0.2, (0.1,), 1.0
sys.argv[0] = "keep.py"
sys.exit(keep.main())
"""
# A command with a child of its own, as a worker and its pool.
FAMILY = ["sh", "-c", "sleep 300 & wait"]
STUBBORN = ["sh", "-c", "trap '' TERM; while true; do sleep 0.1; done"]


@pytest.fixture
def keep():
    started = []

    def start(command: list[str]) -> psutil.Popen:
        keeper = psutil.Popen([sys.executable, "-c", QUICK, *command], cwd=ROOT)
        started.append(keeper)
        return keeper

    yield start
    for keeper in started:
        if keeper.is_running():
            keeper.terminate()
            keeper.wait(10)


def family(keeper: psutil.Popen, *, but: frozenset = frozenset()) -> list[psutil.Process]:
    """The command and its child, once both live; ``but`` names those of before."""
    for _attempt in range(100):
        living = [child for child in keeper.children(recursive=True) if child not in but]
        if len(living) == 2:
            return living
        time.sleep(0.05)
    raise AssertionError(f"not started: {living}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signal_ends_the_whole_family(keep, number):
    keeper = keep(FAMILY)
    living = family(keeper)
    keeper.send_signal(number)
    assert keeper.wait(5) == 0
    assert psutil.wait_procs(living, timeout=5)[1] == []


def test_killed_command_comes_back_and_leaves_no_child(keep):
    keeper = keep(FAMILY)
    before = family(keeper)
    time.sleep(0.4)  # longer than it takes to count as started well
    before[0].kill()
    after = family(keeper, but=frozenset(before))
    assert psutil.wait_procs(before, timeout=5)[1] == []
    assert all(process.is_running() for process in after)


def test_command_that_never_worked_is_not_tried_again(keep):
    assert keep(["sh", "-c", "exit 7"]).wait(10) == 7


def test_deaf_command_is_killed_in_the_end(keep):
    keeper = keep(STUBBORN)
    family(keeper)
    keeper.terminate()
    assert keeper.wait(10) == 0


def test_killed_keeper_takes_its_command_along(keep):
    keeper = keep(["sleep", "300"])
    for _attempt in range(100):
        if keeper.children():
            break
        time.sleep(0.05)
    (command,) = keeper.children()
    time.sleep(0.2)
    keeper.kill()
    assert psutil.wait_procs([command], timeout=5)[1] == []


def test_gone_parent_ends_it():
    """As when the program that started the keeper is killed."""
    script = "import subprocess, sys; subprocess.Popen(sys.argv[1:]); import time; time.sleep(300)"
    keeper = [sys.executable, "-c", QUICK, *FAMILY]
    parent = psutil.Popen([sys.executable, "-c", script, *keeper], cwd=ROOT, stdout=subprocess.PIPE)
    for _attempt in range(200):
        if len(living := parent.children(recursive=True)) == 3:
            break
        time.sleep(0.05)
    parent.kill()
    assert psutil.wait_procs(living, timeout=5)[1] == []
