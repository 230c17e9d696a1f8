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


# Above a list of several; of the other kinds a region has one.
SEVERAL = {
    OrganisationKind.MUNICIPALITY: _("Municipalities"),
    OrganisationKind.CORPORATION: _("Housing corporations"),
}


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("Coordinator")
    MUNICIPAL_OFFICER = "municipal_officer", _("Municipal officer")
    CORPORATION_STAFF = "corporation_staff", _("Corporation staff")
    GUIDANCE_WORKER = "guidance_worker", _("Guidance worker")
    PROVINCIAL_SUPERVISOR = "provincial_supervisor", _("Provincial supervisor")
    TENANTS_READER = "tenants_reader", _("Tenants' platform reader")
    ADMINISTRATOR = "administrator", _("Administrator")


# Who send files of their own organisation; the coordinator sends those of the region.
IMPORTERS = (Role.CORPORATION_STAFF, Role.MUNICIPAL_OFFICER)

# Which kind of organisation a role belongs to; an invitation with another pair is refused.
ROLE_KINDS: dict[str, set[str]] = {
    Role.COORDINATOR: {OrganisationKind.REGIONAL_OFFICE},
    Role.MUNICIPAL_OFFICER: {OrganisationKind.MUNICIPALITY},
    Role.CORPORATION_STAFF: {OrganisationKind.CORPORATION},
    Role.GUIDANCE_WORKER: {OrganisationKind.GUIDANCE},
    Role.PROVINCIAL_SUPERVISOR: {OrganisationKind.PROVINCE},
    Role.TENANTS_READER: {OrganisationKind.TENANTS},
    # An administrator lets people into the whole region, so belongs to the region itself.
    Role.ADMINISTRATOR: {OrganisationKind.REGIONAL_OFFICE},
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


class FacilityKind(models.TextChoices):
    """What a household looks for near its dwelling."""

    PRIMARY_SCHOOL = "primary_school", _("Primary school")
    LANGUAGE_CLASS = "language_class", _("School for newcomers (ISK)")
    DOCTOR = "doctor", _("General practitioner")
    SUPERMARKET = "supermarket", _("Supermarket")
    BUS = "bus", _("Bus stop")


class Result(models.TextChoices):
    """How an act in the journal ended."""

    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    FAILED = "failed", _("failed")


class Language(models.TextChoices):
    """The language of a letter."""

    NL = "nl", _("Dutch")
    EN = "en", _("English")


class MailRhythm(models.TextChoices):
    """How often somebody gets news by e-mail. Letters about the own account always leave."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a working day, at half past seven in the morning")
    WEEKLY = "weekly", _("Once a week, on the first working day")
    NONE = "none", _("Never")


class NewsKind(models.TextChoices):
    """What waits for somebody, in the order of a letter."""

    MENTION = "mention", _("Somebody asks you something in a note")
    PROPOSAL_WAITS = "proposal_waits", _("A proposal waits for your answer")
    TO_OFFER = "to_offer", _("A dwelling can be offered")
    CONTRACT_WAITS = "contract_waits", _("A contract can be signed")
    PROPOSAL_ENDED = "proposal_ended", _("A proposal was refused or withdrawn")
    CONTRACT_SIGNED = "contract_signed", _("A contract has been signed")
    TASK_DUE = "task_due", _("A task is due")


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
    VERDICT_REMINDER = "verdict_reminder", _("Reminder of dwellings to judge")
    NEWS = "news", _("What waits for somebody")


# What the journal's actions are called for people; partners.tables.action_label adds the loadings.
ACTION_LABELS = {
    "account.add_second_factor": _("Second factor added"),
    "account.change_password": _("Password changed"),
    "account.remove_second_factor": _("Second factor removed"),
    "account.renew_recovery_codes": _("Recovery codes renewed"),
    "account.reset_password": _("New password by e-mail"),
    "account.sign_in": _("Signed in"),
    "account.sign_in_refused": _("Sign-in refused"),
    "account.sign_out": _("Signed out"),
    "case.accept": _("Dwelling accepted"),
    "case.agree": _("Corporation agreed to a proposal"),
    "case.birth": _("Birth entered"),
    "case.change": _("Case changed"),
    "case.change_link": _("Household linked to another municipality"),
    "case.close": _("Case closed"),
    "case.correct_count": _("Count of persons corrected"),
    "case.count": _("Persons counted"),
    "case.decline": _("Proposal turned down"),
    "case.depart": _("Departure of a person entered"),
    "case.erase": _("Personal data of a household deleted by rule"),
    "case.hold": _("Case put on hold"),
    "case.join": _("Family joined"),
    "case.judge": _("Refusal judged"),
    "case.link": _("Household linked"),
    "case.lodge": _("Household lodged elsewhere"),
    "case.merge": _("Households taken together"),
    "case.move_in": _("Household moved in"),
    "case.no_dwelling": _("No dwelling found"),
    "case.offer": _("Dwelling offered"),
    "case.prepare": _("Case taken in hand"),
    "case.propose": _("Dwelling proposed"),
    "case.read": _("Case read"),
    "case.refuse": _("Dwelling refused"),
    "case.register": _("Household registered (BRP)"),
    "case.relink": _("Household linked elsewhere"),
    "case.resume": _("Case taken up again"),
    "case.sign": _("Contract signed"),
    "case.sign_off": _("Household signed off"),
    "case.sign_off_joined": _("Family signed off"),
    "case.split": _("Household split"),
    "case.stay": _("Household housed in other accommodation"),
    "case.undo": _("Step taken back"),
    "case.unlink": _("Household unlinked"),
    "case.withdraw": _("Proposal withdrawn"),
    "coa.explain": _("Difference with COA explained"),
    "coa.export": _("Differences with COA exported"),
    "coa.unexplain": _("Explanation of a difference taken back"),
    "import.abandon": _("Import given up"),
    "import.apply": _("File imported"),
    "import.approve": _("Import approved"),
    "import.ask_undo": _("Undoing of an import asked"),
    "import.check": _("File checked"),
    "import.errors": _("Error rows of an import downloaded"),
    "import.map": _("Columns of a file told"),
    "import.retry": _("Import tried again"),
    "import.undo": _("Import undone"),
    "import.upload": _("File sent for import"),
    "dwelling.add": _("Dwelling added"),
    "dwelling.change": _("Dwelling changed"),
    "dwelling.put_back": _("Dwelling put back in stock"),
    "dwelling.take_out": _("Dwelling taken out of stock"),
    "invitation.accept": _("Invitation accepted"),
    "invitation.create": _("Invited"),
    "invitation.forget": _("Old invitations deleted"),
    "invitation.renew": _("Invited again"),
    "invitation.withdraw": _("Invitation withdrawn"),
    "journal.export": _("Journal exported"),
    "measure.add": _("Measure added"),
    "measure.add_result": _("Result of a measure added"),
    "measure.change": _("Measure changed"),
    "measure.undo_result": _("Result of a measure undone"),
    "mention.read": _("Mention seen"),
    "measure.withdraw": _("Measure withdrawn"),
    "membership.create": _("Role given"),
    "membership.create_demo": _("Demonstration account made"),
    "membership.end": _("Membership ended"),
    "membership.export": _("List of people exported"),
    "membership.review": _("Membership reviewed"),
    "note.take_back": _("Note taken back"),
    "note.write": _("Note written"),
    "obligation.import": _("Quota imported"),
    "case.export": _("List of households exported"),
    "person.add": _("Person added to a household"),
    "person.change": _("Person in a household changed"),
    "person.reveal": _("V-number shown"),
    "person.export": _("List of counted persons exported"),
    "person.read": _("List of counted persons read"),
    "personal_data.rotate": _("Personal data sealed with a new key"),
    "reunion.check": _("Dwelling check of family kept"),
    "reunion.expect": _("Family member who follows added"),
    "reunion.export": _("List of family who follow exported"),
    "reunion.read": _("List of family who follow read"),
    "reunion.record": _("News of family who follow told"),
    "reunion.undo": _("News of family who follow taken back"),
    "report.make": _("Report made"),
    "report.read": _("Report read"),
    "report.request": _("Report requested"),
    "report.retry": _("Report retried"),
    "task.ask": _("Confirmation of a task asked by link"),
    "task.cancel": _("Task not needed"),
    "task.change_due": _("Day of a task changed"),
    "task.confirm": _("Task confirmed through a link"),
    "task.finish": _("Task done"),
    "task.forget_links": _("Old links to confirm deleted"),
    "task.reopen": _("Task opened again"),
    "task.withdraw_link": _("Link to confirm withdrawn"),
    "user.change_mail": _("Rhythm of e-mail changed"),
    "user.create": _("Account made"),
    "user.create_demo": _("Demonstration account made"),
    "user.read": _("Person's page read"),
    "user.reset_demo": _("Demonstration account reset"),
    "user.reset_second_factor": _("Second factor reset"),
    "vacancy.assess": _("Verdict on a dwelling"),
    "vacancy.change": _("Vacancy changed"),
    "vacancy.end_wait": _("Wait of a dwelling over"),
    "vacancy.let_regularly": _("Dwelling let regularly"),
    "vacancy.make_available": _("Dwelling made available"),
    "vacancy.remove_wait": _("Wait of a dwelling removed"),
    "vacancy.report": _("Dwelling reported vacant"),
    "vacancy.reserve": _("Dwelling reserved"),
    "vacancy.resume_wait": _("Wait of a dwelling resumed"),
    "vacancy.start_wait": _("Wait of a dwelling noted"),
    "vacancy.unreserve": _("Dwelling no longer reserved"),
    "vacancy.withdraw": _("Vacancy withdrawn"),
    "vacancy.undo_assessment": _("Verdict on a dwelling taken back"),
}

# Codes in the detail of a line, in words.
DETAIL_LABELS = {
    **dict(Role.choices),
    **dict(MailRhythm.choices),
    "add": _("added"),
    "answer": _("Answer of the household"),
    "change": _("changed"),
    "code": _("Code"),
    "conditional": _("Suitable under a condition"),
    "disk_full": _("Disk full"),
    "dwellings": _("Dwellings"),
    "error": _("with an error"),
    "file_lost": _("File missing or changed"),
    "locked": _("Locked"),
    "monthly": _("Monthly report"),
    "no_quota": _("No quota known"),
    "organisation": _("Sign-on of the organisation"),
    "password": _("Password"),
    "recovery_codes": _("Recovery codes"),
    "same": _("unchanged"),
    "socialaccount": _("Sign-on of the organisation"),
    "suitable": _("Suitable"),
    "too_slow": _("Took too long"),
    "repairs": _("Repairs"),
    "totp": _("Authenticator app"),
    "unexpected": _("Unforeseen fault"),
    "unsuitable": _("Not suitable"),
    "vacancies": _("Vacated dwellings"),
    "viewing": _("Viewing"),
    "webauthn": _("Passkey or security key"),
    "worker_lost": _("Worker lost"),
}


def detail_label(detail: str) -> str:
    """The detail of a line with its codes in words: ``password, add=2`` → "Password, added: 2"."""
    return ", ".join(_in_words(part) for part in detail.split(", "))


def _in_words(part: str) -> str:
    code, sign, value = part.partition("=")
    if code not in DETAIL_LABELS:
        return part
    return f"{DETAIL_LABELS[code]}: {value}" if sign else str(DETAIL_LABELS[code])


# Where an act came from; a browser is followed by its address.
ORIGIN_LABELS = {"command": _("command"), "web": _("browser"), "worker": _("background work")}


def origin_label(origin: str) -> str:
    """``web 10.0.0.1`` → "browser 10.0.0.1"."""
    kind, _space, address = origin.partition(" ")
    return f"{ORIGIN_LABELS.get(kind, kind)} {address}".strip()


class ImportPhase(models.TextChoices):
    """What the worker is to do with an import."""

    CHECK = "check", _("Check")
    APPLY = "apply", _("Import")
    UNDO = "undo", _("Undo")


class ImportState(models.TextChoices):
    MAPPING = "mapping", _("Columns to be told")
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Busy")
    CHECKED = "checked", _("To be approved")
    DONE = "done", _("Imported")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Failed")
    ABANDONED = "abandoned", _("Given up")


# ``phase`` says what is waited for or at work. An undo that was refused ends as it began, and a
# failed undo or import may be asked for again. Nothing of an import that was given up is kept.
IMPORT_TRANSITIONS: dict[str, set[str]] = {
    ImportState.MAPPING: {ImportState.QUEUED, ImportState.ABANDONED},
    ImportState.QUEUED: {ImportState.RUNNING},
    ImportState.RUNNING: {
        ImportState.QUEUED,
        ImportState.RUNNING,
        ImportState.CHECKED,
        ImportState.DONE,
        ImportState.UNDONE,
        ImportState.FAILED,
    },
    ImportState.CHECKED: {ImportState.QUEUED, ImportState.ABANDONED},
    ImportState.DONE: {ImportState.QUEUED},
    ImportState.UNDONE: set(),
    ImportState.FAILED: {ImportState.QUEUED, ImportState.ABANDONED},
    ImportState.ABANDONED: set(),
}


def import_states_before(state: ImportState) -> list[str]:
    """The states from which an import may go to ``state``."""
    return [start for start, targets in IMPORT_TRANSITIONS.items() if state in targets]


class ImportFault(models.TextChoices):
    """Why an import stopped, in words for the person who asked for it."""

    WORKER_LOST = (
        "worker_lost",
        _("The program that imports was stopped several times while it worked on this file."),
    )
    UNREADABLE = "unreadable", _("The file could not be read.")
    FILE_LOST = "file_lost", _("The file is no longer there, or was changed since it was sent.")
    UNEXPECTED = (
        "unexpected",
        _("Something went wrong that we did not foresee. The technical log tells more."),
    )


class RowOutcome(models.TextChoices):
    """What a row of a file does to the register."""

    ADD = "add", _("Added")
    CHANGE = "change", _("Changed")
    SAME = "same", _("Left as it is")
    ERROR = "error", _("Error")
