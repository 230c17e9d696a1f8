"""Starts the real servers before any settings are read, hence here and not in ``tests/``."""

import atexit

import django

from tests.servers import start_for_session

servers = start_for_session()
if servers:
    atexit.register(servers.stop)

django.setup()
