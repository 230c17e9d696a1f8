"""Coded reasons, as rows with a source: why a dwelling is not suitable, why it was withdrawn."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from housing.choices import RefusalOwner, Verdict
from partners.models.regions import InForce
from westerkwartier.web.history import facts
from westerkwartier.web.models import choice_check, in_order


class CodedReason(models.Model):
    """A reason in force during a period; with its VERA code (``LIST.CODE``) where VERA has one."""

    code = models.SlugField(_("code"), unique=True)
    label_nl = models.CharField(_("label in Dutch"), max_length=120)
    label_en = models.CharField(_("label in English"), max_length=120)
    vera_code = models.CharField(_("VERA code"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=200)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.label_en if get_language() == "en" else self.label_nl


@facts
class AssessmentReason(CodedReason):
    """A reason for a verdict; each goes with one verdict."""

    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict)

    class Meta:
        verbose_name = _("reason for a verdict")
        verbose_name_plural = _("reasons for verdicts")
        ordering = ["label_nl"]
        constraints = [
            choice_check("verdict", Verdict, name="reason_verdict_known"),
            in_order("valid_from", "valid_to", name="reason_period_in_order"),
        ]


@facts
class WithdrawalReason(CodedReason):
    """Why a dwelling that was reported vacant is not let after all."""

    class Meta:
        verbose_name = _("reason for withdrawal")
        verbose_name_plural = _("reasons for withdrawal")
        ordering = ["label_nl"]
        constraints = [in_order("valid_from", "valid_to", name="withdrawal_period_in_order")]


@facts
class RefusalReason(CodedReason):
    """Why a proposed dwelling was turned down; each goes with who said no."""

    owner = models.CharField(_("who said no"), max_length=12, choices=RefusalOwner)

    class Meta:
        verbose_name = _("reason for refusal")
        verbose_name_plural = _("reasons for refusal")
        ordering = ["label_nl"]
        constraints = [
            choice_check("owner", RefusalOwner, name="refusal_owner_known"),
            in_order("valid_from", "valid_to", name="refusal_period_in_order"),
        ]


@facts
class FunctionalNeed(CodedReason):
    """What a household needs of a dwelling. Never a diagnosis."""

    class Meta:
        verbose_name = _("functional need")
        verbose_name_plural = _("functional needs")
        ordering = ["label_nl"]
        constraints = [in_order("valid_from", "valid_to", name="need_period_in_order")]
