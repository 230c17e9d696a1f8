"""Walking the code: addresses, models, sources. Shared by the laws."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).resolve().parents[2]
OUR_APPS = ("partners", "housing", "quota", "reports")


def patterns(resolver=None, prefix: str = "", namespace: str = "") -> Iterator:
    """Every address of the site: (full name, path with its converters, pattern)."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", path, entry
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, path, inner)


def our_patterns() -> list:
    """The addresses whose views are ours."""
    return [row for row in patterns() if row[2].lookup_str.split(".")[0] in OUR_APPS]


def view_class(pattern):
    return getattr(pattern.callback, "view_class", None)


def our_models() -> list:
    """Our own models, without the tables of row history and the views of the database."""
    return [
        model
        for label in OUR_APPS
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "pgh_tracked_model") and model._meta.managed
    ]


def sources(*folders: str, suffix: str = ".py") -> list[Path]:
    """Source files below ``folders``, without migrations."""
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob(f"*{suffix}"))
        if "migrations" not in path.parts
    ]
