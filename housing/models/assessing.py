"""Assessments: what the corporation thought of a vacated dwelling, line by line."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from housing.choices import Verdict
from housing.models.reasons import AssessmentReason
from housing.models.stock import Vacancy
from partners.models import User
from westerkwartier.web.history import append_only
from westerkwartier.web.models import choice_check


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(vacancy__in=Vacancy.objects.visible_to(user))


class Assessment(models.Model):
    """A verdict on a vacancy: appended, never edited; the newest counts.

    Taking a verdict back is a line too: ``undoes`` names the line taken back, and the verdict is
    that of the line before it, or empty where there was none.
    """

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="assessments")
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict, blank=True)
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="undone_by", null=True, blank=True
    )
    reason = models.ForeignKey(
        AssessmentReason, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("reason")
    )
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(_("assessed at"))
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["-pk"]
        constraints = [
            choice_check("verdict", Verdict, name="assessment_verdict_known", blank=True),
            models.CheckConstraint(
                name="assessment_empty_only_when_undoing",
                condition=~Q(verdict="") | Q(undoes__isnull=False),
            ),
            models.CheckConstraint(
                name="assessment_refusal_has_reason",
                condition=Q(verdict__in=["", Verdict.SUITABLE]) | Q(reason__isnull=False),
                violation_error_message=_("Choose a reason."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["vacancy", "-id"], include=["verdict", "at"], name="assessment_newest"
            )
        ]
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="tell_vacancy",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                    UPDATE housing_vacancy
                    SET verdict = NEW.verdict,
                        judged_at = CASE WHEN NEW.verdict = '' THEN NULL ELSE NEW.at END
                    WHERE id = NEW.vacancy_id AND NOT EXISTS (
                        SELECT 1 FROM housing_assessment
                        WHERE vacancy_id = NEW.vacancy_id AND id > NEW.id
                    );
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return self.get_verdict_display() or str(_("Taken back"))
