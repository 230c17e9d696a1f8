"""Sessions in the database that are not written again at every page.

Thirty minutes without a request end a session, so every request has to put that end off. Doing so
once a minute is precise enough and spares each page a transaction.
"""

from datetime import timedelta

from django.contrib.sessions.backends import db
from django.utils import timezone

RENEWAL = timedelta(minutes=1)


class SessionStore(db.SessionStore):
    """The engine of ``SESSION_ENGINE``: a session read more than a minute after it was written is
    written again, with a new end."""

    def load(self):
        stored = self._get_session_from_db()
        if stored is None:
            return {}
        whole = timedelta(seconds=self.get_session_cookie_age())
        if stored.expire_date - timezone.now() < whole - RENEWAL:  # real time
            self.modified = True
        return self.decode(stored.session_data)
