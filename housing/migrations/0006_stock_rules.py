import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("housing", "0005_fill_stock_register")]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="vacancy",
            trigger=pgtrigger.compiler.Trigger(
                name="verdict_from_assessments",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF TG_OP = 'INSERT' THEN\n                        NEW.verdict := '';\n                        NEW.judged_at := NULL;\n                    ELSIF pg_trigger_depth() < 2\n                        AND (NEW.verdict, NEW.judged_at)\n                            IS DISTINCT FROM (OLD.verdict, OLD.judged_at)\n                    THEN\n                        RAISE EXCEPTION 'A verdict is given by adding an assessment';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="4ac9b5e58b10fc09c971dd97f6211b8c881081c5",
                    operation='INSERT OR UPDATE OF "verdict", "judged_at"',
                    pgid="pgtrigger_verdict_from_assessments_95a0c",
                    table="housing_vacancy",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), ("withdrawn_because__isnull", False)),
                    models.Q(
                        models.Q(("state", "withdrawn"), _negated=True),
                        ("withdrawn_because__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="vacancy_withdrawn_has_reason",
                violation_error_message="A withdrawn dwelling has a reason, another has none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("let_from__isnull", False), ("state__in", ["let_permit", "let_regular"])
                    ),
                    models.Q(
                        models.Q(("state__in", ["let_permit", "let_regular"]), _negated=True),
                        ("let_from__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="vacancy_let_has_first_day",
                violation_error_message="A let dwelling has a first day, another has none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("judged_at__isnull", True), ("verdict", "")),
                    models.Q(
                        models.Q(("verdict", ""), _negated=True), ("judged_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="vacancy_verdict_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.UniqueConstraint(
                fields=("id", "dwelling", "let_from"), name="vacancy_with_dwelling"
            ),
        ),
        # Django has no foreign key over three columns; this one keeps the dwelling and the first day of
        # a tenancy and those of its vacancy the same, whoever writes.
        migrations.RunSQL(
            sql="""
                ALTER TABLE housing_tenancy ADD CONSTRAINT tenancy_of_the_vacated_dwelling
                FOREIGN KEY (vacancy_id, dwelling_id, starts_on)
                REFERENCES housing_vacancy (id, dwelling_id, let_from)
                DEFERRABLE INITIALLY DEFERRED
            """,
            reverse_sql="""
                ALTER TABLE housing_tenancy DROP CONSTRAINT tenancy_of_the_vacated_dwelling
            """,
        ),
    ]
