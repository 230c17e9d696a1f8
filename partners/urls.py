"""Addresses of the partners app, under /people/."""

from django.urls import path

from partners import views

app_name = "partners"

urlpatterns = [
    path("", views.MembershipListView.as_view(), name="membership_list"),
    path("partners/", views.PartnerListView.as_view(), name="partner_list"),
    path("invite/", views.InviteView.as_view(), name="invite"),
    path("invitations/", views.InvitationListView.as_view(), name="invitation_list"),
    path(
        "invitations/<int:pk>/resend/",
        views.InvitationResendView.as_view(),
        name="invitation_resend",
    ),
    path(
        "invitations/<int:pk>/withdraw/",
        views.InvitationWithdrawView.as_view(),
        name="invitation_withdraw",
    ),
    path("welcome/<slug:token>/", views.WelcomeView.as_view(), name="invitation_accept"),
    path("mail/", views.MailRhythmView.as_view(), name="mail_rhythm"),
    path("review/", views.ReviewView.as_view(), name="review"),
    path("journal/", views.JournalListView.as_view(), name="journal_list"),
    path("<int:pk>/", views.PersonDetailView.as_view(), name="person_detail"),
    path(
        "<int:pk>/reset-second-factor/",
        views.SecondFactorResetView.as_view(),
        name="second_factor_reset",
    ),
    path("memberships/<int:pk>/end/", views.MembershipEndView.as_view(), name="membership_end"),
    path(
        "memberships/<int:pk>/review/",
        views.MembershipReviewView.as_view(),
        name="membership_review",
    ),
]
