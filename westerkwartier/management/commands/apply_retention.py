"""``manage.py apply_retention``: erases the households that were kept as long as they may be.

A job does the same every night. ``--dry-run`` only tells what would go, by model.
"""

from collections import Counter

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from housing.models import Case, Person
from housing.selectors.retention import going, to_erase
from housing.services.retention import erase_households
from westerkwartier.web.clock import now, today


class Command(BaseCommand):
    help = "Delete the personal data of households that have been kept as long as the rule allows."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="only tell what would go, by model"
        )

    def handle(self, *, dry_run, **options):
        if dry_run:
            self._tell()
            return
        done = 0
        while erased := erase_households(on=today(), now=now()):
            done += erased
            self.stdout.write(f"  {done} …")
            self.stdout.flush()
        self.stdout.write(_("Households erased: %(number)s.") % {"number": done})

    @transaction.atomic
    def _tell(self) -> None:
        """Rows of before; the lines of history that erasing itself adds go with it."""
        due = Case.objects.filter(
            pk__in=to_erase(Case.objects.all(), on=today()).order_by().values("pk")
        )
        found: Counter[str] = Counter()
        for rows in going(due):
            found[rows.model._meta.label] += rows.count()
        self.stdout.write(_("Households to erase: %(number)s.") % {"number": due.count()})
        kept = Person.objects.filter(case__in=due, counted_on__isnull=False).count()
        self.stdout.write(
            _("Persons who count and stay without identity: %(number)s.") % {"number": kept}
        )
        for label, number in sorted(found.items()):
            self.stdout.write(f"  {label}: {number}")
