"""Two ways to work a page: with a mouse or finger, and with the keyboard alone.

A journey that is told with one of these runs with the other as well.
"""

from playwright.sync_api import Locator, Page

TABS = 250  # more links than a page has before its last button

FOCUSED = "node => node.contains(document.activeElement)"
TYPE_OF = "node => node.tagName === 'SELECT' ? 'select' : node.type"


class Mouse:
    """Points at things; on a phone it is a finger."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.main = page.get_by_role("main")

    def press(self, target: Locator) -> None:
        target.click()

    def fill(self, label: str, value: str) -> None:
        self.main.get_by_label(label).first.fill(value)

    def choose(self, label: str, option: str) -> None:
        self.main.get_by_label(label).first.select_option(label=option)

    def mark(self, label: str) -> None:
        """Choose a radio button or tick a box."""
        self.main.get_by_label(label, exact=True).check()

    def link(self, name: str) -> None:
        self.press(self.main.get_by_role("link", name=name).first)

    def button(self, name: str) -> None:
        self.press(self.main.get_by_role("button", name=name).first)


class Keyboard(Mouse):
    """Tab, Enter, Space, arrows and letters, and nothing else."""

    def reach(self, target: Locator) -> None:
        """Go there with Tab from the beginning of the page's content."""
        target.wait_for()
        handle = target.element_handle()
        self.page.locator("#main").focus()
        for _step in range(TABS):
            self.page.keyboard.press("Tab")
            if handle.evaluate(FOCUSED):
                return
        raise AssertionError(f"{target} cannot be reached by keyboard")

    def press(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def fill(self, label: str, value: str) -> None:
        field = self.main.get_by_label(label).first
        self.reach(field)
        if field.evaluate(TYPE_OF) == "date":
            year, month, day = value.split("-")
            value = f"{month}{day}{year}"  # as the fields of the browser follow each other
        self.page.keyboard.type(value)

    def choose(self, label: str, option: str) -> None:
        self.reach(self.main.get_by_label(label).first)
        self.page.keyboard.type(option)

    def mark(self, label: str) -> None:
        target = self.main.get_by_label(label, exact=True)
        if target.evaluate(TYPE_OF) == "checkbox":
            self.reach(target)
            self.page.keyboard.press("Space")
            return
        group = self.main.locator(f"input[name='{target.get_attribute('name')}']")
        self.reach(group.first)
        self.page.keyboard.press("Space")
        for _step in range(group.count()):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} cannot be chosen by keyboard")
