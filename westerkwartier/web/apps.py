from django.apps import AppConfig


class WebConfig(AppConfig):
    """Page plumbing: base views, tables, filters, forms, charts, tags. Imports no app."""

    name = "westerkwartier.web"
    label = "web"
