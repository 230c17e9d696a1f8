"""Terms: how long a step may take, as rows with a source."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from housing.choices import TermCode
from partners.models.regions import InForce
from westerkwartier.web.history import facts
from westerkwartier.web.models import Certainty, choice_check, in_order, no_overlap


@facts
class Term(models.Model):
    """How long a step may take, in weeks or in working days, in force during a period.

    The same in all regions. Working days are Mondays to Fridays that
    are no public holiday (``arithmetic.public_holidays``).
    """

    code = models.CharField(_("term"), max_length=20, choices=TermCode)
    weeks = models.PositiveSmallIntegerField(_("weeks"), null=True, blank=True)
    working_days = models.PositiveSmallIntegerField(_("working days"), null=True, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty)

    objects = InForce.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["code", "valid_from"]
        constraints = [
            choice_check("code", TermCode, name="term_code_known"),
            choice_check("certainty", Certainty, name="term_certainty_known"),
            in_order("valid_from", "valid_to", name="term_period_in_order"),
            models.CheckConstraint(
                name="term_has_one_length",
                condition=Q(weeks__gt=0, working_days__isnull=True)
                | Q(weeks__isnull=True, working_days__gt=0),
                violation_error_message=_("A term is told in weeks or in working days."),
            ),
            no_overlap(
                name="term_one_at_a_time",
                fields=["code"],
                start="valid_from",
                end="valid_to",
                message=_("Another term already holds in this period."),
            ),
        ]

    def __str__(self):
        return f"{self.get_code_display()}: {self.weeks or self.working_days}"
