"""Invitations: asking somebody in, and coming in."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from partners.choices import InvitationState
from partners.forms import InviteForm, NoFieldsForm, WelcomeForm
from partners.models import Invitation, User
from partners.policies import (
    can_accept_invitation,
    can_invite_people,
    can_list_invitations,
    can_manage_invitation,
)
from partners.services.invitations import (
    accept_invitation,
    hashed,
    invite_person,
    resend_invitation,
    withdraw_invitation,
)
from partners.tables import InvitationTable
from partners.views.people import PEOPLE
from westerkwartier.web.clock import now
from westerkwartier.web.public import public
from westerkwartier.web.views import ActionPage, FormPage, ListPage, page_link

INVITATIONS = gettext_lazy("Invitations")


class InviteView(FormPage):
    """Invite somebody for a role."""

    policy = can_invite_people
    title = gettext_lazy("Invite somebody")
    intro = gettext_lazy("They get an e-mail with a link that works for 14 days.")
    form_class = InviteForm
    submit_label = gettext_lazy("Send the invitation")

    def get_breadcrumb(self):
        return [page_link(PEOPLE, "partners:membership_list")]

    def get_form_kwargs(self):
        return {"by": self.request.user}

    def perform(self, form):
        return invite_person(by=self.request.user, now=now(), **form.cleaned_data)

    def get_success_message(self, outcome):
        return _("The invitation for %(name)s is on its way.") % {"name": outcome.name}

    def get_success_url(self, outcome):
        return reverse("partners:invitation_list")

    def get_cancel_url(self):
        return reverse("partners:membership_list")


class InvitationListView(ListPage):
    """Who was invited, and where that stands."""

    policy = can_list_invitations
    title = INVITATIONS
    table_class = InvitationTable
    empty_title = gettext_lazy("Nobody has been invited yet")
    empty_text = gettext_lazy("Invitations appear here until a month after they end.")

    def get_queryset(self):
        return Invitation.objects.visible_to(self.request.user)

    def get_breadcrumb(self):
        return [page_link(PEOPLE, "partners:membership_list")]

    def get_actions(self):
        return [{"label": _("Invite"), "url": reverse("partners:invite"), "primary": True}]


class InvitationPage(ActionPage):
    """What the deeds on one invitation share."""

    policy = can_manage_invitation

    def get_queryset(self):
        return Invitation.objects.visible_to(self.request.user).select_related(
            "organisation__region"
        )

    def get_breadcrumb(self):
        return [
            page_link(PEOPLE, "partners:membership_list"),
            page_link(INVITATIONS, "partners:invitation_list"),
        ]

    def get_text(self):
        return f"{self.object.name}, {self.object}"

    def get_success_url(self):
        return reverse("partners:invitation_list")


class InvitationResendView(InvitationPage):
    """A new link; the old one stops working."""

    title = gettext_lazy("Send a new link?")
    submit_label = gettext_lazy("Send again")
    success_message = gettext_lazy("A new link is on its way. The old one no longer works.")

    def perform(self):
        resend_invitation(by=self.request.user, invitation=self.object, now=now())


class InvitationWithdrawView(InvitationPage):
    """The link stops working."""

    title = gettext_lazy("Withdraw this invitation?")
    submit_label = gettext_lazy("Withdraw")
    success_message = gettext_lazy("The invitation has been withdrawn.")
    danger = True

    def perform(self):
        withdraw_invitation(by=self.request.user, invitation=self.object, now=now())


@method_decorator(public, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class WelcomeView(FormPage):
    """Where the link of an invitation leads. Whoever holds the link may open it."""

    policy = can_accept_invitation
    title = gettext_lazy("Welcome")
    form_class = WelcomeForm
    submit_label = gettext_lazy("Start")

    def dispatch(self, request, *args, **kwargs):
        self.invitation = (
            Invitation.objects.select_related("organisation__region", "accepted_by")
            .filter(token_hash=hashed(kwargs["token"]))
            .first()
        )
        state = self.invitation.state(now()) if self.invitation else None
        if state == InvitationState.ACCEPTED:
            return self.say(
                _("This invitation has been used"), _("Sign in to continue."), with_sign_in=True
            )
        if state in (None, InvitationState.EXPIRED, InvitationState.WITHDRAWN):
            return self.say(
                _("This link does not work"),
                _("It is not valid or no longer valid. Ask your administrator for a new one."),
                status=404,
            )
        self.known = User.objects.filter(email__iexact=self.invitation.email).first()
        if self.known and not request.user.is_authenticated:
            messages.info(request, _("You already have an account. Sign in to add this role."))
            return HttpResponseRedirect(
                f"{reverse('account_login')}?{urlencode({'next': request.path})}"
            )
        if request.user.is_authenticated and request.user != self.known:
            return self.say(
                _("Somebody else is signed in"),
                _("This link is for another person. Sign out first and open it again."),
                status=403,
            )
        return super().dispatch(request, *args, **kwargs)

    def say(self, title: str, text: str, *, status: int = 200, with_sign_in: bool = False):
        context = {"title": title, "text": text}
        if with_sign_in:
            context |= {"next_url": reverse("account_login"), "next_label": _("Sign in")}
        return render(self.request, "pages/message.html", context, status=status)

    def get_form(self, data=None):
        if self.known:
            return NoFieldsForm(data)
        return WelcomeForm(
            data, email=self.invitation.email, initial={"name": self.invitation.name}
        )

    def get_context_data(self, **kwargs):
        invitation = self.invitation
        intro = _(
            "%(inviter)s invites you as %(role)s at %(organisation)s. Your e-mail address is "
            "%(email)s."
        ) % {
            "inviter": invitation.organisation.region,
            "role": invitation.get_role_display(),
            "organisation": invitation.organisation,
            "email": invitation.email,
        }
        return super().get_context_data(**{"intro": intro, **kwargs})

    def perform(self, form):
        by = self.request.user if self.request.user.is_authenticated else None
        data = form.cleaned_data
        return accept_invitation(
            token=self.kwargs["token"],
            now=now(),
            by=by,
            name=data.get("name", ""),
            password=data.get("password", ""),
        )

    def get_success_message(self, outcome):
        if self.request.user.is_authenticated:
            return _("The role has been added.")
        return _("Your account is ready. Sign in with your e-mail address and password.")

    def get_success_url(self, outcome):
        return reverse("today" if self.request.user.is_authenticated else "account_login")

    def get_cancel_url(self):
        return ""
