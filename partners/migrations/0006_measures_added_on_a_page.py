"""A coordinator adds measures; a number is free again once all is written."""

import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0005_verdict_reminder"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="covenantmeasure",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="covenantmeasure",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="covenantmeasure",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="covenantmeasure",
            name="truncate_truncate",
        ),
        migrations.RemoveConstraint(
            model_name="covenantmeasure",
            name="measure_number_once",
        ),
        migrations.AddField(
            model_name="covenantmeasure",
            name="added_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="added at"),
        ),
        migrations.AddField(
            model_name="covenantmeasure",
            name="added_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="covenantmeasureevent",
            name="added_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="added at"),
        ),
        migrations.AddField(
            model_name="covenantmeasureevent",
            name="added_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="covenantmeasure",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "partners_covenantmeasureevent" ("added_at", "added_by_id", "code", "covenant_id", "expected_dwellings", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "source", "title", "until") VALUES (NEW."added_at", NEW."added_by_id", NEW."code", NEW."covenant_id", NEW."expected_dwellings", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since", NEW."source", NEW."title", NEW."until"); RETURN NULL;',
                    hash="473c30c9a7d81624c699e0c315b33df5b2218fc9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1d455",
                    table="partners_covenantmeasure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="covenantmeasure",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "partners_covenantmeasureevent" ("added_at", "added_by_id", "code", "covenant_id", "expected_dwellings", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "source", "title", "until") VALUES (NEW."added_at", NEW."added_by_id", NEW."code", NEW."covenant_id", NEW."expected_dwellings", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since", NEW."source", NEW."title", NEW."until"); RETURN NULL;',
                    hash="03dafe708d00aafdf268d37dcd99ddbdf19ff6ab",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f5a3b",
                    table="partners_covenantmeasure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="covenantmeasure",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "partners_covenantmeasureevent" ("added_at", "added_by_id", "code", "covenant_id", "expected_dwellings", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "source", "title", "until") VALUES (OLD."added_at", OLD."added_by_id", OLD."code", OLD."covenant_id", OLD."expected_dwellings", OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."since", OLD."source", OLD."title", OLD."until"); RETURN NULL;',
                    hash="bc0d4190834c00e5495ecc3eac38c7eee7678df4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ec654",
                    table="partners_covenantmeasure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="covenantmeasure",
            trigger=pgtrigger.compiler.Trigger(
                name="truncate_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n                INSERT INTO "partners_covenantmeasureevent"\n                    ("id", "covenant_id", "number", "code", "title", "since", "until", "expected_dwellings", "source", "added_by_id", "added_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "covenant_id", "number", "code", "title", "since", "until", "expected_dwellings", "source", "added_by_id", "added_at", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "partners_covenantmeasure";\n                RETURN NULL;\n            ',
                    hash="cd0dc5a889d9daaefc776a225c6855032249027d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_truncate_truncate_e317d",
                    table="partners_covenantmeasure",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="covenantmeasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("added_at__isnull", True), ("added_by__isnull", True)),
                    models.Q(("added_at__isnull", False), ("added_by__isnull", False)),
                    _connector="OR",
                ),
                name="measure_added_by_and_at",
                violation_error_message="Who added a measure and when go together.",
            ),
        ),
        migrations.AddConstraint(
            model_name="covenantmeasure",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("covenant", "number"),
                name="measure_number_once",
            ),
        ),
    ]
