"""Every page, in both languages: no violation by axe, nothing wider than the screen."""

import pytest

from tests.journeys.conftest import ROOT, new_context, sign_in

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
# Only what is wrong comes back: the list of all that is right is long, and slow to hand over.
VIOLATIONS = """tags => axe
    .run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})
    .then(result => result.violations.map(
        found => [found.id, found.nodes.slice(0, 3).map(node => node.html.slice(0, 160))]))"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

STATUSES = (
    *("linked", "in_preparation", "on_hold", "proposed", "agreed", "offered", "accepted"),
    *("refusal_review", "contract_signed", "moved_in", "signed_off", "closed", "unlinked"),
)
# What can be done with a household that was linked, as the end of the address.
DEEDS = (
    *("/edit/", "/persons/add/", "/birth/", "/split/", "/merge/", "/prepare/", "/hold/"),
    *("/no-dwelling/", "/elsewhere/", "/link/", "/unlink/", "/expect/"),
)
ON_THE_BOARD = ("agree", "offer", "accept", "sign", "move-in", "register")
ON_THE_HOUSEHOLD = (
    *(("offered", "refuse"), ("proposed", "decline"), ("proposed", "withdraw")),
    *(("moved_in", "sign-off"), ("refusal_review", "judge")),
)
ON_A_TASK = ("finish", "due", "cancel", "ask")
# Who opens what. A pattern in braces is replaced by the first such link on the page before it, one
# after the other. A household on the way is found by its status.
PAGES = {
    None: ["/account/login/", "/account/password/reset/"],
    "coordinator": [
        "/",
        "/region/",
        "/region/?period=2017-I",
        "/region/GM0025/",
        "/region/share/",
        "/region/share/?period=2017-10",
        "/region/share/rows/",
        "/region/dispersal/",
        "/cases/differences/",
        "/covenant/",
        r"/covenant/{/covenant/\d+/$}",
        "/covenant/measures/add/",
        "/covenant/1/edit/",
        "/covenant/1/results/add/",
        "/cases/",
        "/cases/?status=all&family=soon",
        r"/cases/{/cases/\d+/$}",
        "/cases/add/",
        *(rf"/cases/?status={status}{{/cases/\d+/$}}" for status in STATUSES),
        *(rf"/cases/?status=linked{{/cases/\d+/$}}{{/cases/\d+{deed}$}}" for deed in DEEDS),
        r"/cases/?status=on_hold{/cases/\d+/$}{/resume/$}",
        r"/cases/?status=all&family=soon{/cases/\d+/$}{/check/$}",
        r"/cases/?status=signed_off{/cases/\d+/$}{/close/$}",
        r"/cases/?status=linked{/cases/\d+/$}{/persons/\d+/edit/$}",
        r"/cases/?status=linked{/cases/\d+/$}{/persons/\d+/depart/$}",
        r"/cases/?status=in_preparation{/cases/\d+/$}{/steps/\d+/undo/$}",
        r"/cases/?status=in_preparation{/cases/\d+/$}{/propose/$}",
        r"/cases/?status=in_preparation{/cases/\d+/$}{/propose/$}{/propose/\d+/$}",
        "/proposals/",
        "/proposals/?late=late",
        *(rf"/proposals/{{/proposals/\d+/{deed}/$}}" for deed in ON_THE_BOARD),
        *(
            rf"/cases/?status={status}{{/cases/\d+/$}}{{/proposals/\d+/{deed}/$}}"
            for status, deed in ON_THE_HOUSEHOLD
        ),
        "/cases/family/",
        "/cases/family/?alarm=any",
        r"/cases/family/{/cases/\d+/$}",
        r"/cases/family/{/cases/\d+/$}{/expect/$}",
        r"/cases/family/{/cases/\d+/$}{/persons/\d+/reunion/$}",
        r"/cases/family/{/cases/\d+/$}{/facts/\d+/undo/$}",
        "/cases/tasks/",
        "/cases/tasks/?state=all",
        r"/cases/tasks/{/cases/tasks/\d+/$}",
        *(rf"/cases/tasks/{{/cases/tasks/\d+/$}}{{/{deed}/$}}" for deed in ON_A_TASK),
        "/cases/mentions/",
        r"/vacancies/?state=available{/vacancies/\d+/$}",
        "/vacancies/",
        "/vacancies/?q=niets-dat-zo-heet",
        r"/vacancies/{/vacancies/\d+/$}",
        "/reports/",
        r"/reports/{/reports/\d+/$}",
        "/reports/request/",
        "/people/partners/",
        "/account/password/change/",
        "/account/2fa/",
        "/gallery/",
        "/vacancies/999999/",
    ],
    "corporatie": [
        "/",
        "/vacancies/?verdict=awaiting",
        "/vacancies/inbox/",
        r"/vacancies/inbox/{/vacancies/\d+/$}",
        "/vacancies/add/?q=plein",
        "/vacancies/dwellings/",
        r"/vacancies/dwellings/{/vacancies/dwellings/\d+/$}",
        "/vacancies/dwellings/add/",
        "/vacancies/empty-days/",
        "/vacancies/empty-days/list/",
        "/cases/",
        r"/cases/{/cases/\d+/$}",
        "/cases/tasks/",
        r"/cases/tasks/{/cases/tasks/\d+/$}",
        "/proposals/",
        r"/proposals/{/proposals/\d+/agree/$}",
        r"/proposals/{/proposals/\d+/sign/$}",
        r"/cases/?status=proposed{/cases/\d+/$}",
        r"/cases/?status=proposed{/cases/\d+/$}{/proposals/\d+/decline/$}",
        "/imports/",
        "/imports/new/",
    ],
    "marum": [
        "/",
        "/region/GM0025/",
        "/cases/",
        r"/cases/{/cases/\d+/$}",
        "/cases/add/",
        "/cases/family/",
        "/cases/tasks/",
        "/cases/mentions/",
        "/cases/differences/",
        "/proposals/",
        "/imports/new/",
    ],
    "begeleider": [
        "/",
        "/cases/",
        r"/cases/?status=all{/cases/\d+/$}",
        "/cases/tasks/",
        r"/cases/tasks/{/cases/tasks/\d+/$}",
        r"/cases/tasks/{/cases/tasks/\d+/$}{/finish/$}",
        "/cases/mentions/",
    ],
    "provincie": ["/", "/region/", "/region/share/", "/region/dispersal/", "/covenant/"],
    "huurders": ["/"],
    "beheerder": [
        "/",
        "/people/",
        "/people/invite/",
        "/people/invitations/",
        "/people/review/",
        "/people/journal/",
    ],
}
NARROW = 320


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("who", PAGES, ids=str)
def test_pages_are_accessible_and_fit(who, language, browser, site):
    context = new_context(browser, site)
    try:
        page = context.new_page()
        if who:
            sign_in(page, who)
        context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
        found = []
        for path in PAGES[who]:
            path = follow(page, who, path)
            page.set_viewport_size({"width": 1440, "height": 900})
            answer = page.goto(path)
            assert answer.status in (200, 404), (path, answer.status)
            assert page.locator("html").get_attribute("lang") == language
            page.evaluate(AXE)
            found += [(path, *violation) for violation in page.evaluate(VIOLATIONS, TAGS)]
            page.set_viewport_size({"width": NARROW, "height": 700})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > NARROW:
                found.append((path, "wider than the screen", wide))
        assert found == []
    finally:
        context.close()


def test_the_checker_finds_what_is_wrong(browser, site):
    context = new_context(browser, site)
    try:
        page = context.new_page()
        page.set_content('<html lang="nl"><title>Fout</title><main><img src="x"></main></html>')
        page.evaluate(AXE)
        found = {name for name, _nodes in page.evaluate(VIOLATIONS, TAGS)}
        assert {"image-alt", "page-has-heading-one"} <= found
    finally:
        context.close()


FOUND: dict[tuple[str | None, str], str] = {}  # where somebody's paths led to, by their beginning


def follow(page, who: str | None, path: str) -> str:
    """The address that ``path`` leads to: for each pattern in braces the first link that matches on
    the page before it."""
    walked, *patterns = path.replace("}", "").split("{")
    found = walked
    for pattern in patterns:
        walked = f"{walked}{{{pattern}}}"
        if (who, walked) not in FOUND:
            page.goto(found)
            link = page.evaluate(
                """pattern => [...document.querySelectorAll('main a')].map(a => a.pathname)
                    .find(path => new RegExp(pattern).test(path))""",
                pattern,
            )
            assert link, f"{path}: no link to {pattern} on {page.url}"
            FOUND[who, walked] = link
        found = FOUND[who, walked]
    return found
