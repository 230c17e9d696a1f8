"""How a service says no."""


class Refused(Exception):
    """A service refuses for a reason the user can understand: ``str(error)`` is a sentence.

    The pages show it beside the form or on the confirmation; nothing has been written.
    """
