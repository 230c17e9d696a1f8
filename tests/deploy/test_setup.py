"""Set-up and start, the parts that need no network: locks, sentences, the start's own checks."""

import json
import re
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.native import CHROMIUM, PANGO, instruction

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")


def pins(lock: str) -> dict[str, str]:
    """Package to version, of a lock file."""
    return dict(
        re.findall(r"^([\w.-]+)(?:\[.*?\])?==(\S+)", (ROOT / lock).read_text(), re.MULTILINE)
    )


def test_tests_run_on_what_is_deployed():
    deployed, tested = (pins(lock) for lock in LOCKS)
    assert deployed.items() <= tested.items()


@pytest.mark.parametrize("lock", [*LOCKS, "package-lock.json", ".npmrc"])
def test_locks_name_no_host(lock):
    text = re.sub(r'"funding": {.*?}', "", (ROOT / lock).read_text(), flags=re.DOTALL)
    assert "://" not in text
    assert "resolved" not in text.replace("registry-resolved", "")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_its_hash(lock):
    for entry in re.split(r"\n(?=\S)", (ROOT / lock).read_text()):
        if "==" in entry.partition("\n")[0]:
            assert "--hash=sha256:" in entry, entry


def test_every_static_package_has_its_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert all(about["integrity"] for name, about in packages.items() if name)


def test_what_is_missing_is_one_line_to_type():
    lines = instruction("Pango, Chromium", [PANGO, CHROMIUM]).splitlines()
    assert lines[0].startswith("Missing: Pango, Chromium.")
    assert lines[1].endswith("libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 chromium")
    assert lines[2].endswith("dnf install pango harfbuzz chromium")
    assert lines[3].endswith("brew install pango && brew install --cask chromium")


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess:
    """A start of the demonstration that is expected to end at once."""
    return subprocess.run(
        [sys.executable, "scripts/demo.py"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "VAR_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_port_that_is_no_port(tmp_path, port):
    done = start(tmp_path, PORT=port)
    assert done.returncode == 1
    assert done.stderr == f"PORT must be a number from 1 to 65535, not '{port}'.\n"


def test_port_that_is_taken(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = start(tmp_path, PORT=str(port))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} cannot be used (Address already in use).")
    assert len(done.stderr.splitlines()) == 1


def test_second_start_hears_where_the_first_is(tmp_path):
    from scripts.demo import only_one

    with only_one(tmp_path / "demo.lock", "http://localhost:8999"):
        done = start(tmp_path, PORT="8998")
    assert done.returncode == 1
    assert done.stderr == "The demonstration already runs, at http://localhost:8999.\n"


def test_signing_key_is_kept_and_private(tmp_path):
    from scripts.demo import secret_key

    path = tmp_path / "secret_key"
    assert secret_key(path) == secret_key(path)
    assert len(path.read_text()) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
