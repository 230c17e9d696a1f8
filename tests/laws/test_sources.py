"""Laws of the source text: where writing, clock reading and styling may stand."""

import ast
import re

import pytest

from tests.laws.walk import ROOT, sources

WRITES = {
    "abulk_create",
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "get_or_create",
    "save",
    "select_for_update",
    "update",
    "update_or_create",
}
# ``.update`` of a dict and ``.save`` of a library are no writes to the database; a line that
# calls one of these names on something else than a manager or a model ends with this remark.
NOT_THE_DATABASE = "# not the database"
ON_BEHALF_OF_SERVICES = {
    "partners/models/people.py",  # the user manager makes users for the services
    "westerkwartier/story/load.py",  # locks the region around the services it calls
}


def calls(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node.lineno


def test_writes_stand_in_services_only():
    found = []
    for path in sources("partners", "housing", "quota", "reports", "westerkwartier"):
        rooms = {*path.parts, path.stem}
        if "services" in rooms or str(path.relative_to(ROOT)) in ON_BEHALF_OF_SERVICES:
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        for name, line in calls(path):
            if name in WRITES and NOT_THE_DATABASE not in lines[line - 1]:
                found.append(f"{path.relative_to(ROOT)}:{line} {name}")
    assert found == []


def test_the_clock_is_read_in_one_place():
    pattern = re.compile(
        r"\b(date\.today|datetime\.now|datetime\.utcnow|timezone\.now)\(|\bauto_now(_add)?\b"
    )
    allowed = {"westerkwartier/web/clock.py"}
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources("partners", "housing", "quota", "reports", "westerkwartier")
        if str(path.relative_to(ROOT)) not in allowed
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line) and "# real time" not in line
    ]
    assert found == []


TEMPLATES = sources("templates", suffix=".html")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_templates_have_no_inline_script_or_style_and_nothing_remote(path):
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.S)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or 'type="application/json"' in script
    assert not re.search(r"(src|srcset|action)\s*=\s*[\"'](https?:)?//", text)
    assert not re.search(r"<link\b[^>]*href\s*=\s*[\"'](https?:)?//", text)


def test_style_sheets_fetch_nothing_remote():
    for path in sources("static", suffix=".css"):
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", path.read_text()), path
