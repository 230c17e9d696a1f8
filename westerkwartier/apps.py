from django.apps import AppConfig


class WesterkwartierConfig(AppConfig):
    """Composition root: management commands and checks that need several apps."""

    name = "westerkwartier"

    def ready(self):
        from westerkwartier import celery  # noqa: F401  (tasks publish through this app)
