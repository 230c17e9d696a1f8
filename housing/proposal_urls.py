"""Addresses of proposals, below /proposals/: the board, and a page for each step."""

from django.urls import path

from housing.views import proposals

app_name = "proposals"

urlpatterns = [
    path("", proposals.BoardView.as_view(), name="board"),
    *(
        path(
            f"<int:pk>/{code.value.replace('_', '-')}/",
            proposals.ProposalStepView.as_view(code=code),
            name=f"proposal_{code.value}",
        )
        for code in proposals.SERVICES
    ),
]
