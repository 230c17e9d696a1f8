"""Settings: complete in the example, and a wrong one stops the start with a sentence."""

import ast
import base64
import os
import re
import runpy
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from scripts.check_django import example_environment
from westerkwartier.env import Env

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "westerkwartier" / "settings.py"
KEY = base64.b64encode(bytes(range(32))).decode()
OF_THE_MACHINE = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def names_read_by_settings() -> set[str]:
    """The first argument of each call of a method of ``env``."""
    calls = [
        node for node in ast.walk(ast.parse(SETTINGS.read_text())) if isinstance(node, ast.Call)
    ]
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def test_example_lists_what_the_settings_read():
    listed = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert set(listed) == names_read_by_settings()


@pytest.fixture
def settings_with(monkeypatch):
    """Read the settings anew with the example's values and some changed; None leaves one out."""

    def read(**changed: str | None) -> dict:
        Env.ENVIRON.files_cache.clear()  # it outlives the variables of a test before
        for name in names_read_by_settings():
            monkeypatch.delenv(name, raising=False)
        for name, value in {**example_environment(), **changed}.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return read


def test_example_is_enough_and_safe(settings_with):
    settings = settings_with()
    assert not settings["DEBUG"]
    assert not settings["DEMO"]
    assert settings["SECOND_FACTOR_REQUIRED"]
    assert settings["ALLOWED_HOSTS"] == ["huisvesting.example.nl"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]


@pytest.mark.parametrize(
    "name",
    [
        "SECRET_KEY",
        "PERSONAL_DATA_KEYS",
        "SITE_URL",
        "DATABASE_URL",
        "BROKER_URL",
        "CACHE_URL",
        "EMAIL_URL",
        "DEFAULT_FROM_EMAIL",
    ],
)
def test_no_default_outside_demo_mode(settings_with, name):
    with pytest.raises(ImproperlyConfigured, match=rf"^{name} is missing\."):
        settings_with(**{name: None})
    with pytest.raises(ImproperlyConfigured, match=rf"^{name} is missing\."):
        settings_with(**{name: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "too-short"),
        ("SECRET_KEY_FILE", "/nowhere/secret"),
        ("PERSONAL_DATA_KEYS", "hidden, in no base64 at all"),
        ("PERSONAL_DATA_KEYS", "aGlkZGVu"),  # base64 of too few bytes
        ("PERSONAL_DATA_KEYS", "A" * 43 + "="),  # thirty-two noughts
        ("PERSONAL_DATA_KEYS", f"{KEY},{KEY}"),
        ("PERSONAL_DATA_KEYS", ","),
        ("PERSONAL_DATA_KEYS_FILE", "/nowhere/keys"),
        ("SITE_URL", "huisvesting.example.nl"),
        ("SITE_URL", "http://huisvesting.example.nl"),
        ("SITE_URL", "https://"),
        ("DATABASE_URL", "mysql://user:hidden@db/name"),
        ("DATABASE_URL", "postgres://user:hidden@db:port/name"),
        ("DATABASE_URL", "postgres://user:hidden@db"),
        ("DATABASE_POOL_MAX", "many"),
        ("DATABASE_POOL_MAX", "-1"),
        ("BROKER_URL", "amqp://user:hidden@broker"),
        ("CACHE_URL", "memcached://user:hidden@cache"),
        ("EMAIL_URL", "mail.example.nl"),
        ("VAR_DIR", "var"),
        ("MEDIA_ROOT", "media"),
        ("STATIC_ROOT", "static"),
        ("LOG_LEVEL", "LOUD"),
        ("DEMO", "perhaps"),
        ("CLOCK", "2017-11-23"),  # a site with real people has no clock of its own
    ],
)
def test_nonsense_stops_the_start(settings_with, name, value):
    with pytest.raises(ImproperlyConfigured, match=rf"^{name.removesuffix('_FILE')}") as raised:
        settings_with(**{name: value})
    sentence = str(raised.value)
    assert sentence.endswith((".", sentence.rpartition("Example: ")[2]))
    assert not {"hidden", "aGlkZGVu", KEY} & set(re.split(r"[ ,:@]", sentence))
    assert "hidden" not in sentence  # a password in a wrong address does not reach the log


def test_clock_must_be_a_date(settings_with):
    with pytest.raises(ImproperlyConfigured, match=r"^CLOCK must be a date"):
        settings_with(DEMO="1", CLOCK="yesterday")


def test_sign_on_needs_all_its_parts(settings_with):
    with pytest.raises(ImproperlyConfigured, match=r"^OIDC_\w+ is missing\."):
        settings_with(OIDC_SERVER_URL="https://login.example.nl")


def test_secret_from_a_file(settings_with, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("from-a-file-" * 5 + "\n")
    settings = settings_with(SECRET_KEY=None, SECRET_KEY_FILE=str(secret))
    assert settings["SECRET_KEY"] == "from-a-file-" * 5


def test_keys_from_a_file(settings_with, tmp_path):
    other = base64.b64encode(bytes(range(1, 33))).decode()
    (tmp_path / "keys").write_text(f"{other},\n{KEY}\n")
    settings = settings_with(PERSONAL_DATA_KEYS=None, PERSONAL_DATA_KEYS_FILE=f"{tmp_path}/keys")
    assert settings["PERSONAL_DATA_KEYS"] == (bytes(range(1, 33)), bytes(range(32)))


def test_a_demonstration_keeps_a_key_of_its_own(settings_with, tmp_path):
    demo = {"DEMO": "1", "PERSONAL_DATA_KEYS": None, "VAR_DIR": str(tmp_path / "var")}
    first, second = (settings_with(**demo)["PERSONAL_DATA_KEYS"] for _start in range(2))
    assert first == second
    path = tmp_path / "var" / "personal_data_keys"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p for p in path.parent.iterdir() if p.is_file()] == [path]
    path.write_text("damaged")
    with pytest.raises(ImproperlyConfigured, match=r"^PERSONAL_DATA_KEYS must hold keys"):
        settings_with(**demo)


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "check"],
        ["-m", "celery", "--app=westerkwartier", "worker"],
        ["-m", "celery", "--app=westerkwartier", "beat"],
        ["-m", "gunicorn", "westerkwartier.wsgi", "--bind=127.0.0.1:0", "--no-control-socket"],
    ],
    ids=["manage.py", "worker", "beat", "web"],
)
def test_each_door_says_one_sentence(command):
    environment = {**OF_THE_MACHINE, **example_environment(), "LOG_LEVEL": "LOUD"}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "Configuration: LOG_LEVEL must be one of" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
