from django.db import migrations

FILL = """
    INSERT INTO housing_withdrawalreason
        (code, label_nl, label_en, vera_code, source, valid_from)
    SELECT 'unknown', 'Niet vastgelegd', 'Not recorded', '', 'Overgenomen uit een eerdere versie',
        '2016-01-01'
    WHERE EXISTS (SELECT 1 FROM housing_vacancy WHERE state = 'withdrawn');

    UPDATE housing_vacancy AS vacancy
    SET label = dwelling.label,
        let_from = CASE WHEN vacancy.state IN ('let_permit', 'let_regular') THEN
            COALESCE(
                (SELECT starts_on FROM housing_tenancy WHERE vacancy_id = vacancy.id),
                vacancy.closed_on
            )
        END,
        withdrawn_because_id = CASE WHEN vacancy.state = 'withdrawn' THEN
            (SELECT id FROM housing_withdrawalreason WHERE code = 'unknown')
        END,
        verdict = COALESCE(newest.verdict, ''),
        judged_at = newest.at
    FROM housing_dwelling AS dwelling, housing_vacancy AS itself
    LEFT JOIN LATERAL (
        SELECT verdict, at FROM housing_assessment
        WHERE vacancy_id = itself.id ORDER BY id DESC LIMIT 1
    ) AS newest ON TRUE
    WHERE dwelling.id = vacancy.dwelling_id AND itself.id = vacancy.id;
"""


class Migration(migrations.Migration):
    """What earlier versions knew, in the new columns; a reason that was never told says so."""

    dependencies = [("housing", "0004_stock_register")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
