import django.contrib.postgres.indexes
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import westerkwartier.web.blind
import westerkwartier.web.sealed


class Migration(migrations.Migration):
    """Names, numbers, notes and remarks, sealed.

    No page has taken a remark on a step or a count before this one, so the open columns go as they
    are.
    """

    dependencies = [
        ("housing", "0010_case_rules"),
        ("partners", "0005_verdict_reminder"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="casenote",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="casenote",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="casenote",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="casenote",
            name="truncate_truncate",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="person",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="person",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="person",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="person",
            name="truncate_truncate",
        ),
        migrations.RemoveConstraint(
            model_name="casestep",
            name="step_undo_has_reason",
        ),
        migrations.AddField(
            model_name="casenote",
            name="text",
            field=westerkwartier.web.sealed.SealedTextField(
                default="", label="note.text", verbose_name="text"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="casenoteevent",
            name="text",
            field=westerkwartier.web.sealed.SealedTextField(
                default="", label="note.text", verbose_name="text"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="person",
            name="birth_date",
            field=westerkwartier.web.sealed.SealedDateField(
                blank=True, label="person.birth_date", null=True, verbose_name="date of birth"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="contact",
            field=westerkwartier.web.sealed.SealedTextField(
                blank=True, label="person.contact", max_length=120, verbose_name="phone or e-mail"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="name",
            field=westerkwartier.web.sealed.SealedTextField(
                blank=True, label="person.name", max_length=120, verbose_name="name"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="name_tokens",
            field=westerkwartier.web.blind.BlindTokensField(
                blank=True,
                default=list,
                editable=False,
                kind="name",
                label="person.name",
                of=["name"],
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="number_tokens",
            field=westerkwartier.web.blind.BlindTokensField(
                blank=True,
                default=list,
                editable=False,
                kind="number",
                label="person.v_number",
                of=["v_number"],
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="v_number",
            field=westerkwartier.web.sealed.SealedTextField(
                blank=True, label="person.v_number", max_length=20, verbose_name="V-number"
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="birth_date",
            field=westerkwartier.web.sealed.SealedDateField(
                blank=True, label="person.birth_date", null=True, verbose_name="date of birth"
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="contact",
            field=westerkwartier.web.sealed.SealedTextField(
                blank=True, label="person.contact", max_length=120, verbose_name="phone or e-mail"
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="name",
            field=westerkwartier.web.sealed.SealedTextField(
                blank=True, label="person.name", max_length=120, verbose_name="name"
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="v_number",
            field=westerkwartier.web.sealed.SealedTextField(
                blank=True, label="person.v_number", max_length=20, verbose_name="V-number"
            ),
        ),
        migrations.RemoveField(model_name="casestep", name="remark"),
        migrations.AddField(
            model_name="casestep",
            name="remark",
            field=westerkwartier.web.sealed.SealedTextField(
                blank=True, label="step.remark", max_length=500, verbose_name="remark"
            ),
        ),
        migrations.RemoveField(model_name="counting", name="remark"),
        migrations.AddField(
            model_name="counting",
            name="remark",
            field=westerkwartier.web.sealed.SealedTextField(
                blank=True, label="counting.remark", max_length=500, verbose_name="remark"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["name_tokens"], name="person_by_name"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["number_tokens"], name="person_by_number"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casenote",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "housing_casenoteevent" ("at", "by_id", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "withdrawn_at") VALUES (NEW."at", NEW."by_id", NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text", NEW."withdrawn_at"); RETURN NULL;',
                    hash="99a7f343a5fa256aff206d782f6f54041c8d2e97",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_57316",
                    table="housing_casenote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casenote",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "housing_casenoteevent" ("at", "by_id", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "withdrawn_at") VALUES (NEW."at", NEW."by_id", NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text", NEW."withdrawn_at"); RETURN NULL;',
                    hash="61c1ed7256d966959343e56549a9aeb83b20ca3b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0f0f8",
                    table="housing_casenote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casenote",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "housing_casenoteevent" ("at", "by_id", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "withdrawn_at") VALUES (OLD."at", OLD."by_id", OLD."case_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."text", OLD."withdrawn_at"); RETURN NULL;',
                    hash="1c07bcbe3a93d728871e7901c0d79edac1176650",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ae3ab",
                    table="housing_casenote",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casenote",
            trigger=pgtrigger.compiler.Trigger(
                name="truncate_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n                INSERT INTO "housing_casenoteevent"\n                    ("id", "case_id", "by_id", "at", "text", "withdrawn_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "case_id", "by_id", "at", "text", "withdrawn_at", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_casenote";\n                RETURN NULL;\n            ',
                    hash="ac2177482751d76d9942c08f0734bfbec29c7c4b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_truncate_truncate_78b5a",
                    table="housing_casenote",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "housing_personevent" ("arrived_on", "birth_date", "case_id", "category", "contact", "counted_on", "credited_municipality_id", "expected_on", "id", "left_because", "left_on", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "reunion", "sex", "v_number") VALUES (NEW."arrived_on", NEW."birth_date", NEW."case_id", NEW."category", NEW."contact", NEW."counted_on", NEW."credited_municipality_id", NEW."expected_on", NEW."id", NEW."left_because", NEW."left_on", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."relation", NEW."reunion", NEW."sex", NEW."v_number"); RETURN NULL;',
                    hash="0e741c611a31518084497f03d1f47206e8be01fb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4e0bb",
                    table="housing_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."arrived_on" IS DISTINCT FROM (NEW."arrived_on") OR OLD."birth_date" IS DISTINCT FROM (NEW."birth_date") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."contact" IS DISTINCT FROM (NEW."contact") OR OLD."counted_on" IS DISTINCT FROM (NEW."counted_on") OR OLD."credited_municipality_id" IS DISTINCT FROM (NEW."credited_municipality_id") OR OLD."expected_on" IS DISTINCT FROM (NEW."expected_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."left_because" IS DISTINCT FROM (NEW."left_because") OR OLD."left_on" IS DISTINCT FROM (NEW."left_on") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."relation" IS DISTINCT FROM (NEW."relation") OR OLD."reunion" IS DISTINCT FROM (NEW."reunion") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."v_number" IS DISTINCT FROM (NEW."v_number"))',
                    func='INSERT INTO "housing_personevent" ("arrived_on", "birth_date", "case_id", "category", "contact", "counted_on", "credited_municipality_id", "expected_on", "id", "left_because", "left_on", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "reunion", "sex", "v_number") VALUES (NEW."arrived_on", NEW."birth_date", NEW."case_id", NEW."category", NEW."contact", NEW."counted_on", NEW."credited_municipality_id", NEW."expected_on", NEW."id", NEW."left_because", NEW."left_on", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."relation", NEW."reunion", NEW."sex", NEW."v_number"); RETURN NULL;',
                    hash="994993b2f46d20f654fccf2bae58298b6b4058e4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2d215",
                    table="housing_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "housing_personevent" ("arrived_on", "birth_date", "case_id", "category", "contact", "counted_on", "credited_municipality_id", "expected_on", "id", "left_because", "left_on", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "reunion", "sex", "v_number") VALUES (OLD."arrived_on", OLD."birth_date", OLD."case_id", OLD."category", OLD."contact", OLD."counted_on", OLD."credited_municipality_id", OLD."expected_on", OLD."id", OLD."left_because", OLD."left_on", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."relation", OLD."reunion", OLD."sex", OLD."v_number"); RETURN NULL;',
                    hash="112b3bc998ef14b163d9ed25df2e10ec12d32c8c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4a4af",
                    table="housing_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="truncate_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='\n                INSERT INTO "housing_personevent"\n                    ("id", "case_id", "category", "relation", "name", "birth_date", "v_number", "contact", "sex", "reunion", "expected_on", "arrived_on", "left_on", "left_because", "counted_on", "credited_municipality_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "case_id", "category", "relation", "name", "birth_date", "v_number", "contact", "sex", "reunion", "expected_on", "arrived_on", "left_on", "left_because", "counted_on", "credited_municipality_id", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_person";\n                RETURN NULL;\n            ',
                    hash="f86fa6653603bf4f8d35c0061c1899d3561552b3",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_truncate_truncate_f0727",
                    table="housing_person",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="casenote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.GreaterThan(
                        models.Func(
                            models.F("text"),
                            function="octet_length",
                            output_field=models.IntegerField(),
                        ),
                        0,
                    )
                ),
                name="note_has_text",
                violation_error_message="Write a note.",
            ),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", "undo"), _negated=True),
                    django.db.models.lookups.GreaterThan(
                        models.Func(
                            models.F("remark"),
                            function="octet_length",
                            output_field=models.IntegerField(),
                        ),
                        0,
                    ),
                    _connector="OR",
                ),
                name="step_undo_has_reason",
                violation_error_message="Say why this step is taken back.",
            ),
        ),
    ]
