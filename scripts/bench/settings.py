"""The product's settings as in production, and Django's admin to compare a list with."""

from westerkwartier.settings import *  # noqa: F403
from westerkwartier.settings import DATABASES, INSTALLED_APPS, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
ROOT_URLCONF = "scripts.bench.urls"
SECOND_FACTOR_REQUIRED = True
DATABASES["default"]["CONN_MAX_AGE"] = None
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
LOGGING_CONFIG = None
SESSION_COOKIE_AGE = 24 * 60 * 60  # a run may take longer than half an hour
