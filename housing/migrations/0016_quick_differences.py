from importlib import import_module

from django.db import migrations

# Read twice for each page that tells of differences: households are counted in one go, and of those
# that differ in nothing no row is made. The day of a link that COA changed is known as such.
BEFORE = import_module("housing.migrations.0015_erasing_and_fixed_history").DIFFERENCES
DIFFERENCES = """
CREATE OR REPLACE VIEW housing_coadifference AS
WITH covered AS (
    SELECT municipality_id, about, min("on") AS first_on, max(reported_on) AS last_on
    FROM housing_coastatement GROUP BY municipality_id, about
), told AS (
    SELECT region_id, reference,
        COALESCE(l.id, o.id) AS statement_id,
        l.municipality_id AS link_municipality_id, l."on" AS link_on, l.persons AS link_persons,
        l.unlinked_on AS link_ended_on, l.reported_on AS link_reported_on,
        o.municipality_id AS off_municipality_id, o."on" AS off_on, o.persons AS off_persons,
        o.reported_on AS off_reported_on
    FROM (SELECT * FROM housing_coastatement WHERE about = 'link') AS l
    FULL JOIN (SELECT * FROM housing_coastatement WHERE about = 'sign_off') AS o
        USING (region_id, reference)
), signed AS (
    SELECT DISTINCT ON (s.case_id) s.case_id, s.effective_on FROM housing_casestep AS s
    WHERE s.code IN ('sign_off', 'stay')
        AND NOT EXISTS (SELECT 1 FROM housing_casestep AS u WHERE u.undoes_id = s.id)
    ORDER BY s.case_id, s.id DESC
), relinked AS (
    SELECT DISTINCT ON (s.case_id) s.case_id, s.effective_on FROM housing_casestep AS s
    WHERE s.code = 'change_link'
        AND NOT EXISTS (SELECT 1 FROM housing_casestep AS u WHERE u.undoes_id = s.id)
    ORDER BY s.case_id, s.id DESC
), people AS (
    SELECT p.case_id,
        count(*) FILTER (WHERE p.left_on IS NULL
            AND (p.category <> 'reunifier' OR p.arrived_on IS NOT NULL)) AS persons,
        count(*) FILTER (WHERE p.counted_on <= signed.effective_on) AS signed_persons
    FROM housing_person AS p LEFT JOIN signed ON signed.case_id = p.case_id
    GROUP BY p.case_id
), ours AS (
    SELECT c.region_id, c.reference, c.id AS case_id, c.linked_municipality_id, c.linked_on,
        relinked.effective_on AS relinked_on,
        c.unlinked_on, c.status IN ('unlinked', 'relinked') AS ended,
        c.status IN ('signed_off', 'closed') AS done,
        COALESCE(people.persons, 0) AS persons, signed.effective_on AS signed_on,
        COALESCE(people.signed_persons, 0) AS signed_persons
    FROM housing_case AS c
    LEFT JOIN people ON people.case_id = c.id
    LEFT JOIN signed ON signed.case_id = c.id
    LEFT JOIN relinked ON relinked.case_id = c.id
    WHERE c.erased_on IS NULL
), both_sides AS (
    SELECT *, COALESCE(link_municipality_id, off_municipality_id) AS coa_municipality_id
    FROM ours FULL JOIN told USING (region_id, reference)
)
SELECT
    COALESCE(b.statement_id * 32, b.case_id * 32 + 16) + d.rank AS id,
    b.region_id, b.reference, d.kind, d.rank, b.case_id,
    COALESCE(b.linked_municipality_id, b.coa_municipality_id) AS municipality_id,
    b.coa_municipality_id, d."on", COALESCE(d.ours, '') AS ours, COALESCE(d.theirs, '') AS theirs,
    d.reported_on, e.id AS explanation_id
FROM both_sides AS b
LEFT JOIN partners_municipality AS our_m ON our_m.id = b.linked_municipality_id
LEFT JOIN partners_municipality AS coa_m ON coa_m.id = b.link_municipality_id
LEFT JOIN covered AS links
    ON links.municipality_id = b.linked_municipality_id AND links.about = 'link'
LEFT JOIN covered AS offs
    ON offs.municipality_id = b.linked_municipality_id AND offs.about = 'sign_off'
CROSS JOIN LATERAL (VALUES
    (1, 'unknown_here', COALESCE(b.link_on, b.off_on), NULL,
        COALESCE(b.link_on, b.off_on)::text, COALESCE(b.link_reported_on, b.off_reported_on),
        b.case_id IS NULL AND b.link_ended_on IS NULL),
    (2, 'unknown_at_coa', b.linked_on, b.linked_on::text, NULL, links.last_on,
        b.statement_id IS NULL AND NOT b.ended AND NOT b.done
            AND b.linked_on BETWEEN links.first_on AND links.last_on),
    (3, 'unlinked_at_coa', b.link_ended_on, NULL, b.link_ended_on::text, b.link_reported_on,
        b.link_ended_on IS NOT NULL AND NOT b.ended),
    (4, 'unlinked_here', b.unlinked_on, b.unlinked_on::text, NULL, b.link_reported_on,
        b.ended AND b.unlinked_on IS NOT NULL AND b.link_on IS NOT NULL
            AND b.link_ended_on IS NULL),
    (5, 'municipality', b.link_on, our_m.name, coa_m.name, b.link_reported_on,
        NOT b.ended AND b.link_ended_on IS NULL
            AND b.link_municipality_id <> b.linked_municipality_id),
    (6, 'link_date', b.link_on, b.linked_on::text, b.link_on::text, b.link_reported_on,
        NOT b.ended AND b.link_ended_on IS NULL AND b.link_on <> b.linked_on
            AND b.link_on IS DISTINCT FROM b.relinked_on),
    (7, 'size', b.link_on, b.persons::text, b.link_persons::text, b.link_reported_on,
        NOT b.ended AND NOT b.done AND b.link_ended_on IS NULL AND b.link_persons <> b.persons),
    (8, 'signed_off_at_coa', b.off_on, NULL, b.off_on::text, b.off_reported_on,
        b.case_id IS NOT NULL AND b.off_on IS NOT NULL AND b.signed_on IS NULL),
    (9, 'signed_off_here', b.signed_on, b.signed_on::text, NULL, offs.last_on,
        b.off_on IS NULL AND b.signed_on BETWEEN
            make_date(extract(year FROM offs.first_on)::int,
                CASE WHEN extract(month FROM offs.first_on) < 7 THEN 1 ELSE 7 END, 1)
            AND offs.last_on),
    (10, 'sign_off_date', b.off_on, b.signed_on::text, b.off_on::text, b.off_reported_on,
        b.off_on <> b.signed_on),
    (11, 'sign_off_persons', b.off_on, b.signed_persons::text, b.off_persons::text,
        b.off_reported_on, b.signed_on IS NOT NULL AND b.off_persons <> b.signed_persons)
) AS d(rank, kind, "on", ours, theirs, reported_on, differs)
LEFT JOIN housing_coaexplanation AS e
    ON e.undone_at IS NULL AND e.region_id = b.region_id AND e.reference = b.reference
        AND e.kind = d.kind AND e.ours = COALESCE(d.ours, '')
        AND e.theirs = COALESCE(d.theirs, '')
WHERE d.differs
    -- Of a household that differs in nothing no row of the list above need be made: cheap
    -- conditions, each true wherever one of those above is.
    AND (b.case_id IS NULL
        OR (b.statement_id IS NULL AND b.linked_on <= links.last_on)
        OR b.ended = (b.link_ended_on IS NULL)
        OR b.link_municipality_id <> b.linked_municipality_id
        OR b.link_on <> b.linked_on
        OR b.link_persons <> b.persons
        OR (b.off_on IS NOT NULL AND b.signed_on IS NULL)
        OR (b.off_on IS NULL AND b.signed_on <= offs.last_on)
        OR b.off_on <> b.signed_on
        OR b.off_persons <> b.signed_persons)
"""


class Migration(migrations.Migration):
    dependencies = [("housing", "0015_erasing_and_fixed_history")]

    operations = [migrations.RunSQL(DIFFERENCES, BEFORE)]
