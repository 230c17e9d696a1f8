"""The programs and libraries that no Python package brings: looked for by trying, then installed.

Standard library only. As root, or with sudo that asks no password, Debian's apt-get installs what
is missing; otherwise one line says what to type on Debian, Ubuntu, Fedora and macOS.
"""

import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

AS_ONE_TEXT = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}


@dataclass(frozen=True)
class Need:
    """One thing needed, how it is recognised, and the packages that bring it."""

    name: str
    libraries: tuple[str, ...] = ()  # short names, as ctypes.util.find_library takes them
    programs: tuple[str, ...] = ()  # any one of these will do
    debian: str = ""
    ubuntu: str = ""  # where it differs from Debian
    fedora: str = ""
    brew: str = ""
    cask: bool = False  # for brew: a program with windows

    def is_there(self) -> bool:
        if self.name == "venv":
            return importlib.util.find_spec("ensurepip") is not None
        if self.programs and not any(shutil.which(p, path=search_path()) for p in self.programs):
            return False
        return all(loads(library) for library in self.libraries)


PANGO = Need(
    "Pango",  # WeasyPrint lays out text with it
    libraries=("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset"),
    debian="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    fedora="pango harfbuzz",
    brew="pango",
)
FONTCONFIG = Need(
    "fontconfig",
    libraries=("fontconfig",),
    debian="fontconfig",
    fedora="fontconfig",
    brew="fontconfig",
)
VENV = Need(
    "venv", debian=f"python3.{sys.version_info.minor}-venv", fedora="python3", brew="python"
)
REDIS = Need(
    "redis-server",
    programs=("redis-server",),
    debian="redis-server",
    fedora="redis",
    brew="redis",
)
CHROMIUM = Need(
    "Chromium",
    programs=("chromium", "chromium-browser", "google-chrome"),
    debian="chromium",
    ubuntu="chromium-browser",
    fedora="chromium",
    brew="chromium",
    cask=True,
)
GETTEXT = Need(
    "gettext",
    programs=("xgettext",),
    debian="gettext",
    fedora="gettext",
    brew="gettext",
)
NEEDS = {
    "demo": (VENV, PANGO, FONTCONFIG),
    "test": (VENV, PANGO, FONTCONFIG, REDIS, CHROMIUM, GETTEXT),
}


def install_missing(purpose: str) -> None:
    """Install what the purpose needs and is not there, or stop with the line to type."""
    missing = [need for need in NEEDS[purpose] if not need.is_there()]
    if not missing:
        return
    names = ", ".join(need.name for need in missing)
    prefix = privilege()
    if shutil.which("apt-get") is None or prefix is None:
        sys.exit(instruction(names, missing))
    packages = " ".join(debian_packages(missing)).split()
    print(f"  Installing {names} with apt-get: {' '.join(packages)} …", flush=True)
    start = time.monotonic()
    install = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "--yes"]
    install += ["--no-install-recommends", "-qq", *packages]
    # A machine that is up to date needs no new package lists; a bare one has none at all.
    if not quiet(install):
        update = [*prefix, "apt-get", "update", "-qq"]
        done = quiet(update) and subprocess.run(install, **AS_ONE_TEXT)
        if not done or done.returncode:
            sys.exit(f"{done.stdout if done else ''}\n{instruction(names, missing)}")
    left = [need.name for need in missing if not need.is_there()]
    if left:
        sys.exit(f"apt-get is done, but still not found: {', '.join(left)}.")
    print(f"  Installed {names} in {time.monotonic() - start:.0f} s")


def instruction(names: str, missing: list[Need]) -> str:
    def line(packages: list[str]) -> str:
        return " ".join(package for package in packages if package)

    brew = [
        f"brew install {'--cask ' if cask else ''}{line(packages)}"
        for cask in (False, True)
        if (packages := [need.brew for need in missing if need.cask is cask])
    ]
    return (
        f"Missing: {names}. Type this one line, then start again:\n"
        f"  Debian, Ubuntu: sudo apt-get install {line(debian_packages(missing))}\n"
        f"  Fedora:         sudo dnf install {line([need.fedora for need in missing])}\n"
        f"  macOS:          {' && '.join(brew)}"
    )


def debian_packages(missing: list[Need]) -> list[str]:
    release = Path("/etc/os-release")
    ubuntu = release.exists() and "ID=ubuntu" in release.read_text().splitlines()
    return [(ubuntu and need.ubuntu) or need.debian for need in missing]


def privilege() -> list[str] | None:
    """What to put before a command to run it as root; None when that is not possible."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and quiet(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def search_path() -> str:
    """PATH and the system's folders that an ordinary user's PATH leaves out."""
    return os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])


def loads(library: str) -> bool:
    for name in (f"lib{library}.so.0", f"lib{library}.so.1", ctypes.util.find_library(library)):
        try:
            if name and ctypes.CDLL(name):
                return True
        except OSError:
            continue
    return False


def quiet(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
