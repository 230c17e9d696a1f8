#!/bin/sh
# Runs the bench on a server of its own, which is thrown away afterwards.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python

VAR_DIR="$PWD/var/bench"
SECRET_KEY=$("$python" -c 'import secrets; print(secrets.token_urlsafe(50))')
export VAR_DIR SECRET_KEY DEMO=1 SITE_URL=http://localhost
finish() {
    "$python" -m westerkwartier.embedded stop
    rm -rf "$VAR_DIR"
}
finish # what a killed run left behind
trap finish EXIT
trap 'exit 130' INT TERM HUP
mkdir -p "$VAR_DIR/static"
DATABASE_URL=$("$python" -m westerkwartier.embedded start)
export DATABASE_URL
"$python" -m scripts.bench
