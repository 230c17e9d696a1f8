"""Keeps one command running: starts it again when it dies, ends all of it when told to end.

Usage: keep.py COMMAND [ARGUMENT…]

The terminal's Ctrl-C reaches only those who should pass it on, because the command gets a session
of its own. When the command dies, the children it leaves are killed before it starts anew; when
this process is told to end, or its parent is gone, the command has GRACE seconds to finish.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time

GRACE = 3.0  # seconds to finish; Ctrl-C should feel quick, and the sweep redoes what is cut off
SETTLED = 5.0  # a command that lives this long was started well
PAUSES = (1, 2, 4, 8, 15)  # seconds before each next start, the last one repeated

PARENT = os.getppid()
stopping = False


def stop(_signal: int, _frame: object) -> None:
    global stopping
    stopping = True


def end_with_parent() -> None:
    """In the new process, before the command: end when this keeper is killed (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # 1 is PR_SET_PDEATHSIG


def must_end() -> bool:
    """Told to, or left alone: by the parent, or by the program that KEEP_WITH names."""
    if stopping or os.getppid() != PARENT:
        return True
    try:
        os.kill(int(os.environ.get("KEEP_WITH") or PARENT), 0)
    except ProcessLookupError:
        return True
    return False


def run(command: list[str]) -> int:
    """Run the command once, until it ends or must end; its return code."""
    child = subprocess.Popen(command, start_new_session=True, preexec_fn=end_with_parent)
    while child.poll() is None and not must_end():
        time.sleep(0.1)
    if child.poll() is None:
        child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(GRACE)
    with contextlib.suppress(ProcessLookupError):  # none of its group is left, as it should be
        os.killpg(child.pid, signal.SIGKILL)
    return child.wait()


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    failures, ever_settled = 0, False
    while True:
        start = time.monotonic()
        code = run(sys.argv[1:])
        if must_end():
            return 0
        settled = time.monotonic() - start > SETTLED
        ever_settled = ever_settled or settled
        if not ever_settled:
            return code or 1  # it never worked: a wrong setting, which a new start does not mend
        failures = 0 if settled else failures + 1
        pause = PAUSES[min(failures, len(PAUSES) - 1)]
        print(f"ended unexpectedly ({code}); starting again in {pause} s", flush=True)
        end = time.monotonic() + pause
        while time.monotonic() < end:
            if must_end():
                return 0
            time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
