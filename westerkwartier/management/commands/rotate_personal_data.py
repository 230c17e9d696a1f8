"""``manage.py rotate_personal_data``: seals personal data anew after a change of key.

Put the new key in front in PERSONAL_DATA_KEYS, restart every process, run this, and take the old
key out once ``--check`` says that nothing stands under it. It may run while people work, may be
stopped, and may be run again. Row history is sealed anew too, without lines of its own.
"""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from partners.models import Region
from partners.services.journal import record
from westerkwartier.web.rotation import Rotated, rotate, sealed_models, values_by_key
from westerkwartier.web.sealing import key_name, ring


class Command(BaseCommand):
    help = "Seal personal data anew under the first key of PERSONAL_DATA_KEYS."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="only tell how many values are under which key"
        )

    def handle(self, *, check, **options):
        if check:
            self._tell_keys()
            return
        done, overtaken, stuck = 0, 0, []
        try:
            for model in sealed_models():
                rotated = rotate(model, say=lambda so_far, m=model: self._say(m, so_far))
                done += rotated.done
                overtaken += rotated.overtaken
                stuck += rotated.stuck
        except IntegrityError as error:
            raise CommandError(
                _("Stopped half-way; run it again. The database refuses: %(error)s")
                % {"error": error.__cause__.diag.message_primary}
            ) from error
        finally:
            self._journal(done)
        for sentence in stuck:
            self.stderr.write(sentence)
        if stuck:
            raise CommandError(
                _("Rows that could not be opened and stay as they are: %(number)s.")
                % {"number": len(stuck)}
            )
        self.stdout.write(_("Rows sealed anew: %(number)s.") % {"number": done})
        if overtaken:
            self.stdout.write(
                _("Rows that somebody changed meanwhile: %(number)s. Run it once more.")
                % {"number": overtaken}
            )

    def _say(self, model, rotated: Rotated) -> None:
        self.stdout.write(f"  {model._meta.db_table}: {rotated.done} …")
        self.stdout.flush()

    def _journal(self, done: int) -> None:
        """A line for the administrators of each region, when anything was done."""
        for region in Region.objects.all() if done else ():
            record(by=None, action="personal_data.rotate", region=region, detail=str(done))

    def _tell_keys(self) -> None:
        found = sum((values_by_key(model) for model in sealed_models()), Counter())
        known = [key.header for key in ring()]
        for header in [*known, *sorted(found.keys() - set(known))]:
            if header == known[0]:
                kind = _("seals")
            elif header in known:
                kind = _("opens only")
            else:
                kind = _("not in PERSONAL_DATA_KEYS")
            self.stdout.write(
                _("Key %(key)s (%(kind)s): %(number)s values")
                % {"key": key_name(header), "kind": kind, "number": found[header]}
            )
