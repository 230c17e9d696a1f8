"""Asks the web process beside it whether it lives; the container's HEALTHCHECK.

The request carries the site's own name, because Django refuses names it does not know.
"""

import os
import sys
import urllib.request
from urllib.parse import urlsplit


def main() -> int:
    names = os.environ.get("ALLOWED_HOSTS", "").split(",")
    host = names[0].strip() or urlsplit(os.environ.get("SITE_URL", "")).hostname or "localhost"
    port = os.environ.get("PORT", "8000")
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:
            return 0 if answer.status == 200 else 1
    except OSError as error:
        print(error)
        return 1


if __name__ == "__main__":
    sys.exit(main())
