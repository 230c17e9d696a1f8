"""Every page, in both languages: no violation by axe, nothing wider than the screen."""

import pytest

from tests.journeys.conftest import ROOT, new_context, sign_in

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Who opens what. A pattern in braces is replaced by the first such link on the page before it.
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
        "/covenant/{/covenant/\\d+/$}",
        "/covenant/measures/add/",
        "/covenant/1/edit/",
        "/covenant/1/results/add/",
        "/cases/",
        "/cases/?status=all&family=soon",
        "/cases/{/cases/\\d+/$}",
        "/cases/1/edit/",
        "/cases/1/persons/add/",
        "/cases/1/split/",
        "/cases/1/hold/",
        "/cases/add/",
        "/vacancies/",
        "/vacancies/?q=niets-dat-zo-heet",
        "/vacancies/{/vacancies/\\d+/$}",
        "/reports/",
        "/reports/{/reports/\\d+/$}",
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
        "/vacancies/inbox/{/vacancies/\\d+/$}",
        "/vacancies/add/?q=plein",
        "/vacancies/dwellings/",
        "/vacancies/dwellings/{/vacancies/dwellings/\\d+/$}",
        "/vacancies/dwellings/add/",
        "/vacancies/empty-days/",
        "/vacancies/empty-days/list/",
        "/imports/",
        "/imports/new/",
    ],
    "marum": ["/", "/region/GM0025/", "/cases/differences/", "/imports/new/"],
    "begeleider": ["/"],
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
            if "{" in path:
                path = first_link(page, *path.rstrip("}").split("{"))
            page.set_viewport_size({"width": 1440, "height": 900})
            answer = page.goto(path)
            assert answer.status in (200, 404), (path, answer.status)
            assert page.locator("html").get_attribute("lang") == language
            page.evaluate(AXE)
            result = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", TAGS)
            found += [
                (path, violation["id"], [node["html"][:160] for node in violation["nodes"]][:3])
                for violation in result["violations"]
            ]
            page.set_viewport_size({"width": NARROW, "height": 700})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > NARROW:
                found.append((path, "wider than the screen", wide))
        assert found == []
    finally:
        context.close()


def first_link(page, list_path: str, pattern: str) -> str:
    """The first address on a list page that matches."""
    page.goto(list_path)
    return page.evaluate(
        """pattern => [...document.querySelectorAll('main a')].map(a => a.pathname)
            .find(path => new RegExp(pattern).test(path))""",
        pattern,
    )
