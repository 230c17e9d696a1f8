"""Enumerations of the partners app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("Municipality")
    CORPORATION = "corporation", _("Housing corporation")
    COA = "coa", _("COA")
    GUIDANCE = "guidance", _("Guidance")
    PROVINCE = "province", _("Province")
    TENANTS = "tenants", _("Tenants' platform")
    REGIONAL_OFFICE = "regional_office", _("Regional office")


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("Coordinator")
    MUNICIPAL_OFFICER = "municipal_officer", _("Municipal officer")
    CORPORATION_STAFF = "corporation_staff", _("Corporation staff")
    GUIDANCE_WORKER = "guidance_worker", _("Guidance worker")
    PROVINCIAL_SUPERVISOR = "provincial_supervisor", _("Provincial supervisor")
    TENANTS_READER = "tenants_reader", _("Tenants' platform reader")
    ADMINISTRATOR = "administrator", _("Administrator")


# Which kind of organisation a role belongs to; an invitation with another pair is refused.
ROLE_KINDS: dict[str, set[str]] = {
    Role.COORDINATOR: {OrganisationKind.REGIONAL_OFFICE},
    Role.MUNICIPAL_OFFICER: {OrganisationKind.MUNICIPALITY},
    Role.CORPORATION_STAFF: {OrganisationKind.CORPORATION},
    Role.GUIDANCE_WORKER: {OrganisationKind.GUIDANCE},
    Role.PROVINCIAL_SUPERVISOR: {OrganisationKind.PROVINCE},
    Role.TENANTS_READER: {OrganisationKind.TENANTS},
    Role.ADMINISTRATOR: {OrganisationKind.REGIONAL_OFFICE, OrganisationKind.MUNICIPALITY},
}


class RoundingMode(models.TextChoices):
    """How the statutory formula becomes whole persons (Huisvestingswet 2014 art. 29 says up)."""

    UP = "up", _("up")
    NEAREST = "nearest", _("to the nearest whole number")


class ShareDenominator(models.TextChoices):
    """What the covenant's share of dwellings is taken of."""

    AVAILABLE = "A", _("all dwellings that became available")
    UNLABELLED = "B", _("available dwellings without a label")
    LET = "C", _("signed tenancies")


class Result(models.TextChoices):
    """How an act in the journal ended."""

    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("failed")


class Language(models.TextChoices):
    """The language of a letter."""

    NL = "nl", _("Dutch")
    EN = "en", _("English")


class InvitationState(models.TextChoices):
    """Where an invitation stands; follows from its dates."""

    TO_SEND = "to_send", _("Being sent")
    SENT = "sent", _("Sent")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ACCEPTED = "accepted", _("Accepted")


class NoticeKind(models.TextChoices):
    """What a letter to somebody with an account is about."""

    PASSWORD_RESET = "password_reset", _("Link for a new password")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    SECOND_FACTOR_ADDED = "factor_added", _("Second factor added")
    SECOND_FACTOR_REMOVED = "factor_removed", _("Second factor removed")
    SECOND_FACTOR_RESET = "factor_reset", _("Second factor reset by the administrator")
    SIGN_ON_CONNECTED = "sign_on_connected", _("Sign-on of the organisation connected")
