"""People: the list, a person's page, ending and reviewing roles, resetting a second factor."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.choices import detail_label
from partners.filters import MembershipFilter
from partners.models import Membership, User
from partners.policies import (
    can_change_mail,
    can_list_journal,
    can_list_memberships,
    can_manage_membership,
    can_reset_second_factor,
    can_view_user,
)
from partners.selectors import (
    has_second_factor,
    home_region,
    journal_about,
    second_factors,
)
from partners.services.journal import record
from partners.services.people import end_membership, reset_second_factor, review_memberships
from partners.tables import MembershipTable, ReviewTable, action_label, membership_state
from westerkwartier.web.clock import now, today
from westerkwartier.web.templatetags.ui import date_short, moment, pill
from westerkwartier.web.views import ActionPage, DetailPage, ListPage, page_link

PEOPLE = gettext_lazy("People")
FACTOR_LABELS = {
    Authenticator.Type.TOTP: gettext_lazy("Authenticator app"),
    Authenticator.Type.WEBAUTHN: gettext_lazy("Passkey or security key"),
    Authenticator.Type.RECOVERY_CODES: gettext_lazy("Recovery codes"),
}


class MembershipListView(ListPage):
    """Who has which role where."""

    policy = can_list_memberships
    title = PEOPLE
    table_class = MembershipTable
    filterset_class = MembershipFilter
    export_name = "people"
    empty_title = gettext_lazy("Nobody has a role yet")
    empty_text = gettext_lazy("Invite the first person.")

    def get_queryset(self):
        return Membership.objects.visible_to(self.request.user).with_second_factor()

    def get_actions(self):
        return [
            {"label": _("Invite"), "url": reverse("partners:invite"), "primary": True},
            {"label": _("Invitations"), "url": reverse("partners:invitation_list")},
            {"label": _("Review"), "url": reverse("partners:review")},
            {"label": _("Journal"), "url": reverse("partners:journal_list")},
        ]

    def exported(self, format, count):
        user = self.request.user
        record(
            by=user,
            action="membership.export",
            region=home_region(user, today()),
            detail=f"{format}, {count}",
        )


class PersonDetailView(DetailPage):
    """One person: roles, second factor, what the journal tells. Reading it is journalled."""

    policy = can_view_user
    template_name = "partners/person_detail.html"

    def get_queryset(self):
        return User.objects.visible_to(self.request.user)

    def get_title(self):
        return self.object.name

    def get_breadcrumb(self):
        if not can_list_memberships(self.request.user):
            return []
        return [page_link(PEOPLE, "partners:membership_list")]

    def opened(self):
        reader, person = self.request.user, self.object
        if reader.pk != person.pk:
            record(by=reader, action="user.read", obj=person, region=home_region(person, today()))

    def get_actions(self):
        person, reader = self.object, self.request.user
        if person.pk == reader.pk:
            actions = [{"label": _("My second factor"), "url": reverse("mfa_index")}]
            if can_change_mail(reader):
                url = reverse("partners:mail_rhythm")
                actions.append({"label": _("News by e-mail"), "url": url})
            return actions
        if can_reset_second_factor(reader, person) and has_second_factor(person):
            url = reverse("partners:second_factor_reset", args=[person.pk])
            return [{"label": _("Reset second factor"), "url": url}]
        return []

    def get_context_data(self, **kwargs):
        person, reader, day = self.object, self.request.user, today()
        factors = [str(FACTOR_LABELS[kind]) for kind in second_factors(person)]
        memberships = (
            Membership.objects.visible_to(reader)
            .filter(user=person)
            .select_related("organisation__region", "reviewed_by")
            .order_by("-valid_from", "-pk")
        )
        due = set(memberships.review_due(day).values_list("pk", flat=True))
        return super().get_context_data(
            items=[
                (_("E-mail"), format_html("{}<wbr>@{}", *person.email.split("@", 1))),
                (_("Last signed in"), moment(person.last_login)),
                (_("Second factor"), ", ".join(factors) or _("None yet")),
                (_("Account since"), date_short(person.created_at)),
                *own_choices(reader, person),
            ],
            memberships=[
                {
                    "membership": membership,
                    "state": pill(*membership_state(membership)),
                    "may_manage": membership.is_active(day)
                    and can_manage_membership(reader, membership),
                    "is_due": membership.pk in due,
                }
                for membership in memberships
            ],
            journal=[
                (line, action_label(line.action), detail_label(line.detail))
                for line in journal_about(reader, person)
            ],
            journal_url=can_list_journal(reader)
            and f"{reverse('partners:journal_list')}?{urlencode({'person': person.pk})}",
            **kwargs,
        )


def own_choices(reader: User, person: User) -> list[tuple[str, str]]:
    """What somebody chose for themselves; nobody else needs to know."""
    if reader.pk != person.pk:
        return []
    return [(_("News by e-mail"), person.get_mail_rhythm_display())]


class MembershipPage:
    """What the deeds on one membership share."""

    policy = can_manage_membership

    def get_queryset(self):
        return Membership.objects.visible_to(self.request.user).select_related(
            "user", "organisation__region"
        )

    def get_breadcrumb(self):
        person = self.object.user
        return [
            page_link(PEOPLE, "partners:membership_list"),
            page_link(person.name, "partners:person_detail", person.pk),
        ]

    def get_success_url(self):
        return reverse("partners:person_detail", args=[self.object.user_id])


class MembershipEndView(MembershipPage, ActionPage):
    """End a role, from today on."""

    title = gettext_lazy("End this membership?")
    submit_label = gettext_lazy("End the membership")
    success_message = gettext_lazy("The membership has ended.")
    danger = True

    def get_text(self):
        return _(
            "%(membership)s. It works at once, also where this person is signed in now. "
            "What they did stays."
        ) % {"membership": self.object}

    def perform(self):
        end_membership(by=self.request.user, membership=self.object, on=today())


class MembershipReviewView(MembershipPage, ActionPage):
    """Note that a role is still right."""

    confirm = False
    success_message = gettext_lazy("Noted: this role is still correct.")

    def perform(self):
        review_memberships(by=self.request.user, memberships=[self.object], on=today())


class ReviewView(ListPage):
    """Roles that nobody looked at for a year; tick those that are still right."""

    policy = can_list_memberships
    template_name = "partners/review.html"
    title = gettext_lazy("Roles to be reviewed")
    subtitle = gettext_lazy("Each role is reviewed once a year.")
    table_class = ReviewTable
    empty_title = gettext_lazy("All roles have been reviewed")
    empty_text = gettext_lazy("A role comes back here a year after its last review.")

    def get_queryset(self):
        user = self.request.user
        return Membership.objects.visible_to(user).administered_by(user).review_due(today())

    def get_breadcrumb(self):
        return [page_link(PEOPLE, "partners:membership_list")]

    def post(self, request, *args, **kwargs):
        ticked = set(request.POST.getlist("membership"))
        chosen = [one for one in self.get_queryset() if str(one.pk) in ticked]
        count = review_memberships(by=request.user, memberships=chosen, on=today())
        if count:
            text = ngettext("%(count)s role reviewed.", "%(count)s roles reviewed.", count)
            messages.success(request, text % {"count": count})
        else:
            messages.warning(request, _("First tick the roles that are still correct."))
        return HttpResponseRedirect(reverse("partners:review"))


class SecondFactorResetView(ActionPage):
    """For who lost a phone or key."""

    policy = can_reset_second_factor
    title = gettext_lazy("Reset the second factor?")
    submit_label = gettext_lazy("Reset")
    success_message = gettext_lazy("The second factor has been removed.")
    danger = True

    def get_queryset(self):
        return User.objects.visible_to(self.request.user)

    def get_breadcrumb(self):
        return [
            page_link(PEOPLE, "partners:membership_list"),
            page_link(self.object.name, "partners:person_detail", self.object.pk),
        ]

    def get_text(self):
        return _(
            "First make sure, by phone or in person, that it is %(name)s who asks. All sessions "
            "of this person end, and a letter tells them. At the next sign-in they set up a new "
            "second factor."
        ) % {"name": self.object.name}

    def perform(self):
        reset_second_factor(by=self.request.user, user=self.object, now=now())

    def get_success_url(self):
        return reverse("partners:person_detail", args=[self.object.pk])
