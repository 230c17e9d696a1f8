"""Pages without sign-in, and the mark that lists them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse

from westerkwartier.web.clock import now


def public(view):
    """Mark a view as open to everybody; ``tests/laws`` compares these with a written list."""
    return login_not_required(view)


@public
def security_txt(request):
    """Where to report a weakness (RFC 9116; asked for by Forum Standaardisatie)."""
    expires = now().replace(hour=0, minute=0, second=0, microsecond=0)
    expires = expires.replace(year=expires.year + 1, day=min(expires.day, 28))
    lines = [
        f"Contact: mailto:{settings.DEFAULT_FROM_EMAIL}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL.rstrip('/')}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
