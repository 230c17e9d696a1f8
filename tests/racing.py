"""Several people at the same moment: real connections, real transactions."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection
from django.utils import translation

from westerkwartier.web.refusals import Refused


def at_once(*deeds: Callable) -> list:
    """What each deed gave or raised; all start at the same moment, each on its own connection."""
    start, outcomes = Barrier(len(deeds)), [None] * len(deeds)

    def run(number: int, deed: Callable) -> None:
        translation.activate("nl")
        try:
            connection.ensure_connection()
            start.wait(timeout=10)
            outcomes[number] = deed()
        except Exception as error:  # every outcome is looked at by the test
            outcomes[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number, deed)) for number, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
        assert not thread.is_alive()
    return outcomes


def split(outcomes: list) -> tuple[list, list[str]]:
    """What succeeded, and the sentences of what was refused; anything else is a fault."""
    done = [outcome for outcome in outcomes if not isinstance(outcome, Exception)]
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(error, Refused) for error in errors), errors
    return done, [str(error) for error in errors]
