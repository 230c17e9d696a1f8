"""Migrations that take seconds instead of minutes."""

from django.db.migrations.operations.base import Operation


class InOneGo(Operation):
    """Several operations between two states, of which Django renders the first and the last only.

    Django renders every model that hangs together after each single operation; with a hundred
    tables and their histories that is most of the time of a first start. For operations that each
    stand on their own (a column, a constraint, an index, a trigger on a table that is there before)
    the states in between are not needed: each is given the last one.
    """

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def deconstruct(self):
        return (type(self).__name__, [self.operations], {})

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # rendered models: made anew when somebody asks
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{len(self.operations)} changes in one go"
