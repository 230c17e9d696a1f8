"""Databases of a given number of vacancies, made in SQL from one that holds the region alone.

Twice as many vacancies as dwellings, spread over the villages of the region and three
corporations; three in ten are open, half of those without a verdict; one in ten was let to permit
holders, whose household of two was signed off and is counted. So a filter finds the same part of a
list whatever its length, except the street ``RARE``, whose dwellings are fifty in every size.
"""

from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

EMAIL = "bench@westerkwartier.example"
COMMON, RARE = "Hoofdstraat", "Koekoeksdreef"

BASE = """
INSERT INTO partners_organisation (region_id, kind, name, website)
SELECT region.id, 'corporation', added, ''
FROM partners_region region, unnest(ARRAY['Stichting Een', 'Stichting Twee']) added;
INSERT INTO partners_user (password, email, name, is_active, is_demo, created_at, session_round,
    mail_rhythm)
VALUES ('!', %(email)s, 'Bench', true, false, '2017-01-01', 0, 'none');
INSERT INTO partners_membership (role, valid_from, user_id, organisation_id)
SELECT 'coordinator', '2016-01-01', u.id, o.id FROM partners_user u, partners_organisation o
WHERE u.email = %(email)s AND o.kind = 'regional_office';
INSERT INTO mfa_authenticator (type, data, user_id, created_at)
SELECT 'totp', '{}', id, '2017-01-01' FROM partners_user WHERE email = %(email)s
"""

FILL = """
INSERT INTO housing_dwelling (corporation_id, village_id, street, number, addition, postcode,
    bag_id, kind, vera_kind, label, rooms, bedrooms, floor_area, floor, lift, step_free,
    accessibility, adaptations, energy_label, build_year, regulated, temporary_reason, illustrative)
SELECT
    corporations.ids[1 + n %% array_length(corporations.ids, 1)],
    villages.ids[1 + n %% array_length(villages.ids, 1)],
    CASE WHEN n <= 50 THEN %(rare)s ELSE (ARRAY[%(common)s, 'Kerkweg', 'Molenlaan', 'Schoolstraat',
        'Dorpsweg', 'Eikenlaan', 'Tolberterweg', 'Hoge Dijk'])[1 + (n / 5) %% 8] END,
    1 + n %% 40, '',
    (9300 + (n / 40) %% 100) || chr(65 + (n / 4000) / 26 %% 26) || chr(65 + (n / 4000) %% 26),
    '002201' || lpad(n::text, 10, '0'),
    (ARRAY['house', 'house', 'house', 'flat', 'upper', 'bungalow'])[1 + n %% 6], '',
    CASE n %% 20 WHEN 0 THEN 'senior' ELSE '' END, 3 + n %% 4, 1 + n %% 4, 60 + n %% 60, 0, false,
    n %% 6 = 5, '', '', (ARRAY['A', 'B', 'C', 'D', 'E'])[1 + n %% 5], 1950 + n %% 65, true, '', true
FROM generate_series(1, %(rows)s / 2) n,
    (SELECT array_agg(id ORDER BY id) AS ids FROM partners_organisation
        WHERE kind = 'corporation') corporations,
    (SELECT array_agg(id ORDER BY id) AS ids FROM partners_village) villages;
INSERT INTO housing_vacancy (dwelling_id, notice_on, available_from, net_rent, service_costs,
    label, internal_move, state, closed_on, let_from, withdrawn_because_id, verdict, judged_at,
    illustrative)
SELECT dwelling_id, notice_on, notice_on + 31, 400 + n * 37 %% 300, 10, '', false, state,
    CASE WHEN state NOT IN ('announced', 'available', 'reserved') THEN notice_on + 45 END,
    CASE WHEN state IN ('let_permit', 'let_regular') THEN notice_on + 45 END,
    CASE state WHEN 'withdrawn' THEN (SELECT min(id) FROM housing_withdrawalreason) END,
    CASE WHEN is_judged THEN verdict ELSE '' END,
    CASE WHEN is_judged THEN notice_on + time '10:00' AT TIME ZONE 'Europe/Amsterdam' END,
    true
FROM (
    SELECT n, (SELECT min(id) FROM housing_dwelling) + n %% (%(rows)s / 2) AS dwelling_id,
        CASE WHEN n > %(rows)s / 2 THEN date '2017-02-01' + (n * 7919 %% 290)::int
            ELSE date '2016-03-24' + (n * 7919 %% 240)::int END AS notice_on,
        CASE WHEN n > %(rows)s / 2
            THEN (ARRAY['announced', 'announced', 'announced', 'available', 'available', 'reserved',
                'let_regular', 'let_regular', 'let_permit', 'withdrawn'])[1 + n * 31 %% 10]
            ELSE (ARRAY['let_regular', 'let_regular', 'let_regular', 'let_regular', 'let_permit'])
                [1 + n * 31 %% 5] END AS state,
        (ARRAY['suitable', 'unsuitable', 'conditional'])[1 + n * 17 %% 3] AS verdict,
        n <= %(rows)s / 2 OR n / 10 %% 2 = 0 AS is_judged
    FROM generate_series(1::bigint, %(rows)s) n
) drawn;
INSERT INTO housing_assessment (vacancy_id, verdict, reason_id, remark, at)
SELECT id, verdict, CASE WHEN verdict <> 'suitable' THEN (SELECT min(id)
    FROM housing_assessmentreason r WHERE r.verdict = v.verdict) END, '', judged_at
FROM housing_vacancy v WHERE verdict <> '' ORDER BY id;
INSERT INTO housing_case (region_id, reference, linked_municipality_id, linked_on, status,
    status_since, illustrative)
SELECT (SELECT min(id) FROM partners_region), 'V' || v.id,
    places.ids[1 + v.id %% array_length(places.ids, 1)], v.let_from - 60, 'signed_off', v.let_from,
    true
FROM housing_vacancy v, (SELECT array_agg(id ORDER BY id) AS ids FROM partners_municipality
    WHERE region_id IS NOT NULL AND organisation_id IS NOT NULL) places
WHERE v.state = 'let_permit';
INSERT INTO housing_proposal (case_id, vacancy_id, state, proposed_on, ended_on, ahead_of_family,
    kept, judgement, consequence)
SELECT c.id, v.id, 'signed_off', v.let_from - 14, v.let_from, false, '{}', '', ''
FROM housing_case c JOIN housing_vacancy v ON c.reference = 'V' || v.id;
INSERT INTO housing_casestep (case_id, code, status_before, since_before, status_after,
    proposal_before, effective_on, reason, remark, kept, at)
SELECT id, 'link', 'linked', linked_on, 'linked', '', linked_on, '', '', '{}', linked_on
FROM housing_case ORDER BY id;
INSERT INTO housing_casestep (case_id, proposal_id, code, status_before, since_before, status_after,
    proposal_before, effective_on, reason, remark, kept, at)
SELECT c.id, p.id, 'sign_off', 'registered', p.ended_on, 'signed_off', 'registered', p.ended_on, '',
    '', '{}', p.ended_on
FROM housing_case c JOIN housing_proposal p ON p.case_id = c.id ORDER BY c.id;
INSERT INTO housing_person (case_id, category, relation, name, name_tokens, v_number, number_tokens,
    contact, sex, reunion, left_because, arrived_on, counted_on, credited_municipality_id)
SELECT id, CASE p WHEN 1 THEN 'holder' ELSE 'family' END,
    CASE p WHEN 1 THEN 'holder' ELSE 'partner' END, '', '{}', '', '{}', '', '', '', '',
    status_since, status_since, linked_municipality_id
FROM housing_case, generate_series(1, 2) p;
INSERT INTO housing_counting (person_id, "on", municipality_id, step_id, reason, remark, at)
SELECT p.id, p.counted_on, p.credited_municipality_id, s.id, '', '', p.counted_on
FROM housing_person p JOIN housing_casestep s ON s.case_id = p.case_id AND s.code = 'sign_off';
INSERT INTO housing_tenancy (vacancy_id, dwelling_id, case_id, signed_on, starts_on, ends_on)
SELECT v.id, v.dwelling_id, c.id, v.let_from - 7, v.let_from,
    CASE WHEN v.let_from < '2017-01-01' THEN date '2017-01-15' END
FROM housing_case c JOIN housing_vacancy v ON c.reference = 'V' || v.id;
INSERT INTO housing_occupancy (tenancy_id, person_id, moved_in_on, moved_out_on)
SELECT t.id, p.id, t.starts_on, t.ends_on
FROM housing_tenancy t JOIN housing_person p ON p.case_id = t.case_id
"""


def named(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlsplit(url)._replace(path=f"/{quote(name)}").geturl()


def prepare(url: str) -> None:
    """Put what every size shares into the database that holds the region alone."""
    with psycopg.connect(url) as connection:
        for statement in BASE.split(";\n"):
            connection.execute(statement, {"email": EMAIL} if "%(" in statement else None)


def build(url: str, rows: int) -> str:
    """A copy of the database at ``url`` with ``rows`` vacancies; its name."""
    name = f"bench_{rows}"
    parts = {"name": sql.Identifier(name), "base": sql.Identifier(urlsplit(url).path.lstrip("/"))}
    with psycopg.connect(named(url, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {name} WITH (FORCE)").format(**parts))
        connection.execute(sql.SQL("CREATE DATABASE {name} TEMPLATE {base}").format(**parts))
    values = {"rows": rows, "rare": RARE, "common": COMMON}
    with psycopg.connect(named(url, name), autocommit=True) as connection:
        # Triggers and foreign keys rest while filling: the rows are made to agree, also with what
        # triggers keep (status of a case, state of a proposal, who counts).
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "ALTER TABLE housing_tenancy DROP CONSTRAINT tenancy_dwelling_one_at_a_time,"
            " DROP CONSTRAINT tenancy_household_one_at_a_time"
        )
        for statement in FILL.split(";\n"):
            connection.execute(statement, values)
        connection.execute("VACUUM ANALYZE")
    return name


def drop(url: str, sizes: list[int]) -> None:
    with psycopg.connect(named(url, "postgres"), autocommit=True) as connection:
        for rows in sizes:
            statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(statement.format(sql.Identifier(f"bench_{rows}")))
