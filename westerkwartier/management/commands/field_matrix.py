"""Who sees which field of a household: ``manage.py field_matrix``."""

from django.core.management.base import BaseCommand

from housing.policies import matrix


class Command(BaseCommand):
    help = "Prints who sees which field of a household, as docs/field-matrix.md has it."

    def handle(self, **options):
        self.stdout.write(matrix(), ending="")
