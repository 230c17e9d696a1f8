"""The version stands in three places that must agree."""

import tomllib
from pathlib import Path

import yaml

from westerkwartier import __version__

ROOT = Path(__file__).resolve().parents[1]


def test_project_program_and_publiccode_name_the_same_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    publiccode = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == __version__ == publiccode["softwareVersion"]
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
