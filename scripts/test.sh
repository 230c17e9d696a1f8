#!/bin/sh
# All checks and tests, in the order that fails fastest; stops at the first that fails.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
began=$(date +%s)

step() {
    what=$1
    shift
    echo "── $what"
    start=$(date +%s)
    if "$@"; then
        echo "   ✓ $(($(date +%s) - start)) s"
    else
        echo "   ✗ $what: see above" >&2
        exit 1
    fi
}

step "Formatting" "$python" -m ruff format --check --quiet .
step "Lint" "$python" -m ruff check --quiet .
step "Import contracts" "$python" -c "from importlinter.cli import lint_imports_command as c; c()" \
    --no-logo
step "Migrations and production settings" "$python" scripts/check_django.py
step "Dutch messages" "$python" scripts/check_messages.py
# Three at a time on two cores: some tests only wait.
step "Tests, and journeys in the browser" "$python" -m pytest --quiet -n 3
echo "All is well, in $(($(date +%s) - began)) s."
