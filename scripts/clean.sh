#!/bin/sh
# Removes everything that was made; stops the servers of this folder first.
set -eu
cd "$(dirname "$0")/.."

if [ -x .venv/bin/python ]; then
    .venv/bin/python scripts/stop_servers.py
fi
rm -rf .venv var build node_modules .pytest_cache .ruff_cache .hypothesis .import_linter_cache
find . -path ./.git -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +
rm -f locale/*/LC_MESSAGES/*.mo
