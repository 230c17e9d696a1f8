"""Laws of the models: what the database itself refuses."""

import csv
from collections import Counter

from django.apps import apps
from django.db import models

from housing.models import Case
from housing.selectors.retention import CLOSING, going
from tests.laws.walk import OUR_APPS, ROOT, our_models
from westerkwartier.web.blind import BlindTokensField
from westerkwartier.web.rotation import sealed_models
from westerkwartier.web.sealed import SealedField


def conditions(model) -> str:
    return " ".join(
        str(c.condition) for c in model._meta.constraints if isinstance(c, models.CheckConstraint)
    )


def test_every_choice_has_its_check_constraint():
    missing = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.fields
        if field.choices and f"{field.name}__in" not in conditions(model)
    ]
    assert missing == []


def test_who_and_when_go_together():
    """``<verb>_by`` that may be empty is filled exactly when ``<verb>_at`` or ``_on`` is."""
    loose = []
    for model in our_models():
        names = {field.name: field for field in model._meta.fields}
        for name, field in names.items():
            if not name.endswith("_by") or not field.null:
                continue
            verb = name.removesuffix("_by")
            when = next((f"{verb}_{end}" for end in ("at", "on") if f"{verb}_{end}" in names), None)
            if when and names[when].null and f"{name}__isnull" not in conditions(model):
                loose.append(f"{model.__name__}.{name}")
    assert loose == []


def test_foreign_keys_point_down():
    order = {label: level for level, label in enumerate(OUR_APPS)}
    upward = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.fields
        if field.is_relation
        and order.get(field.related_model._meta.app_label, 0) > order[model._meta.app_label]
    ]
    assert upward == []


# Mail to be sent says nothing about the world: it comes, goes and is deleted. So do the rows of a
# file on their way to the register; what they wrote there has its history.
NOT_FACTS = {"ImportRow", "NewsItem", "Notice"}


def test_every_fact_has_its_history_or_cannot_change():
    without = []
    for model in our_models():
        if model.__name__ in NOT_FACTS:
            continue
        tracked = hasattr(model, "pgh_event_models")
        names = {trigger.name for trigger in getattr(model._meta, "triggers", [])}
        if not tracked and "append_only" not in names:
            without.append(model.__name__)
    assert without == []


def test_history_itself_cannot_change():
    loose = []
    for model in our_models():
        if hasattr(model, "pgh_event_models"):
            event = model.pgh_event_models["insert"]
            names = {trigger.name for trigger in event._meta.triggers}
            if not names >= {"append_only", "no_truncate"}:
                loose.append(event.__name__)
    assert loose == []


# Kept for the figures: what is left of them tells nothing of people.
STAY_FOR_FIGURES = {"housing.Case", "housing.Tenancy"}


def test_everything_that_goes_with_a_case_is_erased_with_it():
    with (ROOT / "data/national/retention.csv").open(encoding="utf-8") as file:
        ruled = {row["model"] for row in csv.DictReader(file) if row["counts_from"] == CLOSING}
    gone = {rows.model._meta.label for rows in going(Case.objects.none())}
    assert ruled - gone == STAY_FOR_FIGURES
    sealed = {model._meta.label for model in sealed_models()}
    assert not {label for label in sealed - gone if "housing" in label}


def test_every_model_has_a_retention_rule():
    with (ROOT / "data/national/retention.csv").open(encoding="utf-8") as file:
        ruled = {row["model"] for row in csv.DictReader(file)}
    assert ruled == {model._meta.label for model in our_models()}


def test_no_two_sealed_columns_share_a_label():
    """The label keeps a value in its column; a table of row history has that of its model."""
    labels = Counter(
        ("sealed" if isinstance(field, SealedField) else "tokens", field.label)
        for model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, SealedField | BlindTokensField)
    )
    assert [label for label, number in labels.items() if number > 1] == []


def test_no_personal_characteristics_of_refugees_anywhere():
    """People who sign in have a language for their letters; people who are housed have none."""
    forbidden = ("nationality", "ethnic", "religion", "language", "diagnos", "bsn", "gender")
    found = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        if model._meta.app_label == "housing"
        for field in model._meta.fields
        if any(word in field.name for word in forbidden)
    ]
    assert found == []


def test_migrations_have_names():
    unnamed = [path.name for path in ROOT.glob("*/migrations/0*.py") if "auto_" in path.name]
    assert unnamed == []


def test_our_apps_are_all_there():
    assert {config.label for config in apps.get_app_configs()} >= set(OUR_APPS)
