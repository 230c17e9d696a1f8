"""The web process: ``gunicorn westerkwartier.wsgi``."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "westerkwartier.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    print(f"Configuration: {error}", file=sys.stderr)
    sys.exit(3)  # after any other code gunicorn starts its process again, for ever
