"""Pages of the partners app."""

from partners.views.invitations import (
    InvitationListView,
    InvitationResendView,
    InvitationWithdrawView,
    InviteView,
    WelcomeView,
)
from partners.views.journal import JournalListView
from partners.views.mail import MailRhythmView
from partners.views.partners import PartnerListView
from partners.views.people import (
    MembershipEndView,
    MembershipListView,
    MembershipReviewView,
    PersonDetailView,
    ReviewView,
    SecondFactorResetView,
)

__all__ = [
    "InvitationListView",
    "InvitationResendView",
    "InvitationWithdrawView",
    "InviteView",
    "JournalListView",
    "MailRhythmView",
    "MembershipEndView",
    "MembershipListView",
    "MembershipReviewView",
    "PartnerListView",
    "PersonDetailView",
    "ReviewView",
    "SecondFactorResetView",
    "WelcomeView",
]
