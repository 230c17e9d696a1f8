from django.db import migrations

# What is known of households that were kept before there were steps. Dates that nobody told (of
# proposal, offer and answer) are not made up: such a case goes from its link to the contract.
FILL = """
UPDATE housing_case c SET status_since = linked_on;
UPDATE housing_person SET relation = CASE category
    WHEN 'holder' THEN 'holder' WHEN 'minor' THEN 'holder' ELSE 'other' END;
UPDATE housing_person SET reunion = 'arrived'
    WHERE category = 'reunifier' AND arrived_on IS NOT NULL;
UPDATE housing_person p SET reunion = 'joined'
    WHERE category = 'reunifier' AND EXISTS (
        SELECT 1 FROM housing_occupancy o WHERE o.person_id = p.id);

INSERT INTO housing_counting (person_id, "on", municipality_id, reason, remark, at)
SELECT id, counted_on, credited_municipality_id, '', '', counted_on
FROM housing_person WHERE counted_on IS NOT NULL ORDER BY id;

INSERT INTO housing_proposal (case_id, vacancy_id, state, proposed_on, ahead_of_family, kept,
    judgement, consequence)
SELECT t.case_id, t.vacancy_id,
    CASE WHEN bool_or(p.counted_on IS NOT NULL) THEN 'signed_off'
        WHEN bool_or(o.id IS NOT NULL) THEN 'moved_in' ELSE 'signed' END,
    t.signed_on, bool_or(p.category = 'reunifier' AND p.arrived_on IS NULL), '{}', '', ''
FROM housing_tenancy t
JOIN housing_person p ON p.case_id = t.case_id
LEFT JOIN housing_occupancy o ON o.tenancy_id = t.id
GROUP BY t.id;

INSERT INTO housing_casestep (case_id, code, status_before, since_before, status_after,
    proposal_before, effective_on, reason, remark, kept, at)
SELECT id, 'link', 'linked', linked_on, 'linked', '', linked_on, '', '', '{}', linked_on
FROM housing_case ORDER BY id;

INSERT INTO housing_casestep (case_id, proposal_id, code, status_before, since_before,
    status_after, proposal_before, effective_on, reason, remark, kept, at)
SELECT c.id, b.id, 'sign', 'linked', c.linked_on, 'contract_signed', 'accepted', t.signed_on,
    '', '', '{}', t.signed_on
FROM housing_tenancy t JOIN housing_case c ON c.id = t.case_id
JOIN housing_proposal b ON b.vacancy_id = t.vacancy_id ORDER BY t.id;

INSERT INTO housing_casestep (case_id, proposal_id, code, status_before, since_before,
    status_after, proposal_before, effective_on, reason, remark, kept, at)
SELECT t.case_id, b.id, 'move_in', 'contract_signed', t.signed_on, 'moved_in', 'signed',
    min(o.moved_in_on), '', '', '{}', min(o.moved_in_on)
FROM housing_tenancy t JOIN housing_occupancy o ON o.tenancy_id = t.id
JOIN housing_proposal b ON b.vacancy_id = t.vacancy_id GROUP BY t.id, b.id ORDER BY t.id;

INSERT INTO housing_casestep (case_id, proposal_id, code, status_before, since_before,
    status_after, proposal_before, effective_on, reason, remark, kept, at)
SELECT s.case_id, s.proposal_id, 'sign_off', 'moved_in', s.effective_on, 'signed_off', 'moved_in',
    min(p.counted_on), '', '', '{}', min(p.counted_on)
FROM housing_casestep s JOIN housing_person p ON p.case_id = s.case_id
WHERE s.code = 'move_in' AND p.counted_on IS NOT NULL GROUP BY s.id ORDER BY s.id;

INSERT INTO housing_casestep (case_id, code, status_before, since_before, status_after,
    proposal_before, effective_on, reason, remark, kept, at)
SELECT c.id, 'stay', 'linked', c.linked_on, 'signed_off', '', min(p.counted_on), '', '', '{}',
    min(p.counted_on)
FROM housing_case c JOIN housing_person p ON p.case_id = c.id
WHERE p.counted_on IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM housing_tenancy t WHERE t.case_id = c.id) GROUP BY c.id ORDER BY c.id;

INSERT INTO housing_casestep (case_id, code, status_before, since_before, status_after,
    proposal_before, effective_on, reason, remark, kept, at)
SELECT id, 'unlink', 'linked', linked_on, 'unlinked', '', unlinked_on, 'coa_error', '', '{}',
    unlinked_on
FROM housing_case WHERE unlinked_on IS NOT NULL ORDER BY id;

UPDATE housing_case c SET status = s.status_after, status_since = s.effective_on
FROM (SELECT DISTINCT ON (case_id) case_id, status_after, effective_on FROM housing_casestep
    ORDER BY case_id, id DESC) s
WHERE s.case_id = c.id
"""


class Migration(migrations.Migration):
    dependencies = [("housing", "0008_cases_and_steps")]

    operations = [migrations.RunSQL(sql=FILL, reverse_sql=migrations.RunSQL.noop)]
