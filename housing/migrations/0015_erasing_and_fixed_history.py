from importlib import import_module

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from westerkwartier.web.migrating import InOneGo

# Of an erased household there is nothing left to compare: neither what COA told nor its reference.
COA = import_module("housing.migrations.0014_coa_statements")
BEFORE = COA.DIFFERENCES.replace("CREATE VIEW", "CREATE OR REPLACE VIEW")
DIFFERENCES = BEFORE.replace(
    "LEFT JOIN counted ON counted.case_id = c.id\n",
    "LEFT JOIN counted ON counted.case_id = c.id\n    WHERE c.erased_on IS NULL\n",
)


class Migration(migrations.Migration):
    dependencies = [
        ("housing", "0014_coa_statements"),
        ("partners", "0008_fixed_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        InOneGo(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="case",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="case",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="case",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="case",
                    name="truncate_truncate",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="casestep",
                    name="append_only",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="casestep",
                    name="take_step",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="counting",
                    name="append_only",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="person",
                    name="kept_by_triggers",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="reunionfact",
                    name="append_only",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="vacancy",
                    name="state_transitions",
                ),
                migrations.RemoveConstraint(
                    model_name="person",
                    name="person_relation_known",
                ),
                migrations.AddField(
                    model_name="case",
                    name="erased_on",
                    field=models.DateField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="personal data deleted on",
                    ),
                ),
                migrations.AddField(
                    model_name="caseevent",
                    name="erased_on",
                    field=models.DateField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="personal data deleted on",
                    ),
                ),
                migrations.AlterField(
                    model_name="case",
                    name="status",
                    field=models.CharField(
                        choices=[
                            ("linked", "Linked"),
                            ("in_preparation", "In preparation"),
                            ("on_hold", "On hold"),
                            ("proposed", "Proposed"),
                            ("agreed", "Corporation agrees"),
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("refusal_review", "Refusal waits for COA's judgement"),
                            ("contract_signed", "Contract signed"),
                            ("moved_in", "Moved in"),
                            ("registered", "Registered (BRP)"),
                            ("signed_off", "Signed off by COA"),
                            ("closed", "Closed"),
                            ("unlinked", "Unlinked"),
                            ("relinked", "Linked elsewhere"),
                        ],
                        default="linked",
                        editable=False,
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                migrations.AlterField(
                    model_name="caseevent",
                    name="status",
                    field=models.CharField(
                        choices=[
                            ("linked", "Linked"),
                            ("in_preparation", "In preparation"),
                            ("on_hold", "On hold"),
                            ("proposed", "Proposed"),
                            ("agreed", "Corporation agrees"),
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("refusal_review", "Refusal waits for COA's judgement"),
                            ("contract_signed", "Contract signed"),
                            ("moved_in", "Moved in"),
                            ("registered", "Registered (BRP)"),
                            ("signed_off", "Signed off by COA"),
                            ("closed", "Closed"),
                            ("unlinked", "Unlinked"),
                            ("relinked", "Linked elsewhere"),
                        ],
                        default="linked",
                        editable=False,
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                migrations.AlterField(
                    model_name="casestep",
                    name="status_after",
                    field=models.CharField(
                        choices=[
                            ("linked", "Linked"),
                            ("in_preparation", "In preparation"),
                            ("on_hold", "On hold"),
                            ("proposed", "Proposed"),
                            ("agreed", "Corporation agrees"),
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("refusal_review", "Refusal waits for COA's judgement"),
                            ("contract_signed", "Contract signed"),
                            ("moved_in", "Moved in"),
                            ("registered", "Registered (BRP)"),
                            ("signed_off", "Signed off by COA"),
                            ("closed", "Closed"),
                            ("unlinked", "Unlinked"),
                            ("relinked", "Linked elsewhere"),
                        ],
                        editable=False,
                        max_length=16,
                    ),
                ),
                migrations.AlterField(
                    model_name="casestep",
                    name="status_before",
                    field=models.CharField(
                        choices=[
                            ("linked", "Linked"),
                            ("in_preparation", "In preparation"),
                            ("on_hold", "On hold"),
                            ("proposed", "Proposed"),
                            ("agreed", "Corporation agrees"),
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("refusal_review", "Refusal waits for COA's judgement"),
                            ("contract_signed", "Contract signed"),
                            ("moved_in", "Moved in"),
                            ("registered", "Registered (BRP)"),
                            ("signed_off", "Signed off by COA"),
                            ("closed", "Closed"),
                            ("unlinked", "Unlinked"),
                            ("relinked", "Linked elsewhere"),
                        ],
                        editable=False,
                        max_length=16,
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(
                            ("erased_on__isnull", True),
                            ("status__in", ["closed", "relinked", "unlinked"]),
                        ),
                        fields=["status_since", "id"],
                        name="case_to_erase",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accommodationtypeevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="bf2b8cf1eadd85936a2d9badd8ea067d431cd4dd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f9b5b",
                            table="housing_accommodationtypeevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accommodationtypeevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="ff85274c3fe2b15a792edcf5cc8bb837970cdfbc",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_0d620",
                            table="housing_accommodationtypeevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assessmentreasonevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f959574c19773d9529c64d15b914cc048a2a391d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5e7f7",
                            table="housing_assessmentreasonevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assessmentreasonevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="d265d707e37635cf8b11c7ef0be8a0d683a8e1d9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_91cdc",
                            table="housing_assessmentreasonevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="bedroomnormevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2cc8e35b15e737d1b6b31fdd600f26521f0503d3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6bc87",
                            table="housing_bedroomnormevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="bedroomnormevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="c2a4bf389093dcc1a315277e75af8a57458f80d6",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_353c3",
                            table="housing_bedroomnormevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="case",
                    trigger=pgtrigger.compiler.Trigger(
                        name="erased_for_good",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."erased_on" IS NOT NULL AND OLD."erased_on" IS DISTINCT FROM (NEW."erased_on"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update of \"erased_on\" rows from % table', TG_TABLE_NAME;",
                            hash="e45b86f67b1ea9d315a519e84cf17fdd85806541",
                            operation='UPDATE OF "erased_on"',
                            pgid="pgtrigger_erased_for_good_13e46",
                            table="housing_case",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="case",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_caseevent" ("bedrooms_by_hand", "bedrooms_later", "bedrooms_now", "by_hand_for", "erased_on", "guidance_id", "handler_id", "id", "illustrative", "linked_municipality_id", "linked_on", "merged_into_id", "permit_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "region_id", "split_from_id", "status", "status_since", "unlinked_on") VALUES (NEW."bedrooms_by_hand", NEW."bedrooms_later", NEW."bedrooms_now", NEW."by_hand_for", NEW."erased_on", NEW."guidance_id", NEW."handler_id", NEW."id", NEW."illustrative", NEW."linked_municipality_id", NEW."linked_on", NEW."merged_into_id", NEW."permit_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."region_id", NEW."split_from_id", NEW."status", NEW."status_since", NEW."unlinked_on"); RETURN NULL;',
                            hash="1b4e7ef98c1ca99d611c2209c5d7b75bc3dde10e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_acc3e",
                            table="housing_case",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="case",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "housing_caseevent" ("bedrooms_by_hand", "bedrooms_later", "bedrooms_now", "by_hand_for", "erased_on", "guidance_id", "handler_id", "id", "illustrative", "linked_municipality_id", "linked_on", "merged_into_id", "permit_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "region_id", "split_from_id", "status", "status_since", "unlinked_on") VALUES (NEW."bedrooms_by_hand", NEW."bedrooms_later", NEW."bedrooms_now", NEW."by_hand_for", NEW."erased_on", NEW."guidance_id", NEW."handler_id", NEW."id", NEW."illustrative", NEW."linked_municipality_id", NEW."linked_on", NEW."merged_into_id", NEW."permit_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."region_id", NEW."split_from_id", NEW."status", NEW."status_since", NEW."unlinked_on"); RETURN NULL;',
                            hash="7f369610c2dd7aa2b0f8fd976f6957f68fcba5d6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_92a71",
                            table="housing_case",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="case",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_caseevent" ("bedrooms_by_hand", "bedrooms_later", "bedrooms_now", "by_hand_for", "erased_on", "guidance_id", "handler_id", "id", "illustrative", "linked_municipality_id", "linked_on", "merged_into_id", "permit_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "region_id", "split_from_id", "status", "status_since", "unlinked_on") VALUES (OLD."bedrooms_by_hand", OLD."bedrooms_later", OLD."bedrooms_now", OLD."by_hand_for", OLD."erased_on", OLD."guidance_id", OLD."handler_id", OLD."id", OLD."illustrative", OLD."linked_municipality_id", OLD."linked_on", OLD."merged_into_id", OLD."permit_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."region_id", OLD."split_from_id", OLD."status", OLD."status_since", OLD."unlinked_on"); RETURN NULL;',
                            hash="d1fae645255ca6b9275179cf2ce6258d9000d74f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e8334",
                            table="housing_case",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="case",
                    trigger=pgtrigger.compiler.Trigger(
                        name="truncate_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                INSERT INTO "housing_caseevent"\n                    ("id", "region_id", "reference", "linked_municipality_id", "linked_on", "permit_on", "unlinked_on", "status", "status_since", "handler_id", "guidance_id", "bedrooms_now", "bedrooms_later", "bedrooms_by_hand", "by_hand_for", "split_from_id", "merged_into_id", "illustrative", "erased_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "region_id", "reference", "linked_municipality_id", "linked_on", "permit_on", "unlinked_on", "status", "status_since", "handler_id", "guidance_id", "bedrooms_now", "bedrooms_later", "bedrooms_by_hand", "by_hand_for", "split_from_id", "merged_into_id", "illustrative", "erased_on", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_case";\n                RETURN NULL;\n            ',
                            hash="7a2851ce34fa4a85ec8928715775762c7bc11af8",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_f9523",
                            table="housing_case",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="caseevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = OLD.pgh_obj_id AND gone.erased_on IS NOT NULL) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                \n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="023c0d90ae43c4eceed4f99fb31a043f370fa797",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_bb6b4",
                            table="housing_caseevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="caseevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="f704f576d3971fbb53896c90cec6d2a7f1adc195",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_0051e",
                            table="housing_caseevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="caseneedevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = OLD.case_id AND gone.erased_on IS NOT NULL) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                \n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="7638070d2dbb14c71f12ae05a37f8184b76ed765",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1cb4d",
                            table="housing_caseneedevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="caseneedevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="bdd83a4908ffe7de2c86cd3d7356091cbaaa22fa",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_45841",
                            table="housing_caseneedevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="casenoteevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = OLD.case_id AND gone.erased_on IS NOT NULL) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                \n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="0059bd4edf64052dedf10788bb2883dae2ee7ed5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d046e",
                            table="housing_casenoteevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="casenoteevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="db2e82f1301e2ff69f6bc2f0ee6949c4e9d9dee8",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_8457f",
                            table="housing_casenoteevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="casepreferenceevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = OLD.case_id AND gone.erased_on IS NOT NULL) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                \n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="31db93c9d1c45251f4ecfb904a9416c6401df010",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0e615",
                            table="housing_casepreferenceevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="casepreferenceevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="4b30b55f56c50b0edf3e47e3dc01b95cd0189bc5",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_54ea8",
                            table="housing_casepreferenceevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="casestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = OLD.case_id AND gone.erased_on IS NOT NULL) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                OLD.remark := ''::bytea; OLD.kept := '{}'::jsonb; IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;\n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="fe79ece237fd525f1643a496920e7ede7c10f7c9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0c3b3",
                            table="housing_casestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="casestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="take_step",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE standing housing_case; undone housing_casestep; status_next text; proposal_now text; proposal_next text;",
                            func="\n                    SELECT * INTO STRICT standing FROM housing_case\n                    WHERE id = NEW.case_id FOR NO KEY UPDATE;\n                    IF standing.erased_on IS NOT NULL THEN\n                        RAISE EXCEPTION 'The personal data of this household were erased';\n                    END IF;\n                    NEW.status_before := standing.status;\n                    NEW.since_before := standing.status_since;\n                    NEW.proposal_before := COALESCE(\n                        (SELECT state FROM housing_proposal WHERE id = NEW.proposal_id), '');\n                    IF NEW.code = 'undo' THEN\n                        SELECT * INTO STRICT undone FROM housing_casestep WHERE id = NEW.undoes_id;\n                        IF undone.case_id <> NEW.case_id\n                            OR undone.code IN ('link', 'undo', 'correct_count')\n                            OR undone.proposal_id IS DISTINCT FROM NEW.proposal_id\n                            OR EXISTS (\n                                SELECT 1 FROM housing_casestep later\n                                WHERE later.case_id = NEW.case_id AND later.id > undone.id\n                                    AND later.code <> 'undo'\n                                    AND NOT EXISTS (SELECT 1 FROM housing_casestep back\n                                        WHERE back.undoes_id = later.id))\n                        THEN\n                            RAISE EXCEPTION 'Only the last step of a case can be taken back';\n                        END IF;\n                        status_next := undone.status_before;\n                        proposal_next := CASE\n                            WHEN undone.code = 'propose'\n                                THEN 'withdrawn'\n                            WHEN undone.proposal_before = NEW.proposal_before THEN ''\n                            ELSE undone.proposal_before END;\n                    ELSE\n                        SELECT NULLIF(t.after, ''), t.state_now, t.state_next\n                        INTO status_next, proposal_now, proposal_next\n                        FROM (VALUES ('link', 'linked', '', '', ''), ('prepare', 'linked', 'in_preparation', '', ''), ('hold', 'linked', 'on_hold', '', ''), ('hold', 'in_preparation', 'on_hold', '', ''), ('resume', 'on_hold', 'in_preparation', '', ''), ('no_dwelling', 'linked', '', '', ''), ('no_dwelling', 'in_preparation', '', '', ''), ('propose', 'linked', 'proposed', 'proposed', 'proposed'), ('propose', 'in_preparation', 'proposed', 'proposed', 'proposed'), ('agree', 'proposed', 'agreed', 'proposed', 'agreed'), ('offer', 'agreed', 'offered', 'agreed', 'offered'), ('accept', 'offered', 'accepted', 'offered', 'accepted'), ('refuse', 'offered', 'refusal_review', 'offered', 'refused'), ('refuse', 'accepted', 'refusal_review', 'accepted', 'refused'), ('decline', 'proposed', 'in_preparation', 'proposed', 'refused'), ('decline', 'agreed', 'in_preparation', 'agreed', 'refused'), ('decline', 'offered', 'in_preparation', 'offered', 'refused'), ('decline', 'accepted', 'in_preparation', 'accepted', 'refused'), ('withdraw', 'proposed', 'in_preparation', 'proposed', 'withdrawn'), ('withdraw', 'agreed', 'in_preparation', 'agreed', 'withdrawn'), ('withdraw', 'offered', 'in_preparation', 'offered', 'withdrawn'), ('withdraw', 'accepted', 'in_preparation', 'accepted', 'withdrawn'), ('judge', 'refusal_review', 'in_preparation', 'refused', 'refused'), ('sign', 'accepted', 'contract_signed', 'accepted', 'signed'), ('move_in', 'contract_signed', 'moved_in', 'signed', 'moved_in'), ('register', 'moved_in', 'registered', 'moved_in', 'registered'), ('sign_off', 'moved_in', 'signed_off', 'moved_in', 'signed_off'), ('sign_off', 'registered', 'signed_off', 'registered', 'signed_off'), ('stay', 'linked', 'signed_off', '', ''), ('stay', 'in_preparation', 'signed_off', '', ''), ('lodge', 'linked', '', '', ''), ('lodge', 'in_preparation', '', '', ''), ('join', 'moved_in', '', '', ''), ('join', 'registered', '', '', ''), ('join', 'signed_off', '', '', ''), ('join', 'closed', '', '', ''), ('sign_off_joined', 'signed_off', '', '', ''), ('sign_off_joined', 'closed', '', '', ''), ('correct_count', 'linked', '', '', ''), ('correct_count', 'in_preparation', '', '', ''), ('correct_count', 'on_hold', '', '', ''), ('correct_count', 'proposed', '', '', ''), ('correct_count', 'agreed', '', '', ''), ('correct_count', 'offered', '', '', ''), ('correct_count', 'accepted', '', '', ''), ('correct_count', 'refusal_review', '', '', ''), ('correct_count', 'contract_signed', '', '', ''), ('correct_count', 'moved_in', '', '', ''), ('correct_count', 'registered', '', '', ''), ('correct_count', 'signed_off', '', '', ''), ('correct_count', 'closed', '', '', ''), ('correct_count', 'unlinked', '', '', ''), ('correct_count', 'relinked', '', '', ''), ('change_link', 'linked', '', '', ''), ('change_link', 'in_preparation', '', '', ''), ('change_link', 'on_hold', '', '', ''), ('change_link', 'refusal_review', '', '', ''), ('change_link', 'proposed', '', '', ''), ('change_link', 'agreed', '', '', ''), ('change_link', 'offered', '', '', ''), ('change_link', 'accepted', '', '', ''), ('birth', 'linked', '', '', ''), ('birth', 'in_preparation', '', '', ''), ('birth', 'on_hold', '', '', ''), ('birth', 'proposed', '', '', ''), ('birth', 'agreed', '', '', ''), ('birth', 'offered', '', '', ''), ('birth', 'accepted', '', '', ''), ('birth', 'refusal_review', '', '', ''), ('birth', 'contract_signed', '', '', ''), ('birth', 'moved_in', '', '', ''), ('birth', 'registered', '', '', ''), ('birth', 'signed_off', '', '', ''), ('depart', 'linked', '', '', ''), ('depart', 'in_preparation', '', '', ''), ('depart', 'on_hold', '', '', ''), ('depart', 'proposed', '', '', ''), ('depart', 'agreed', '', '', ''), ('depart', 'offered', '', '', ''), ('depart', 'accepted', '', '', ''), ('depart', 'refusal_review', '', '', ''), ('depart', 'contract_signed', '', '', ''), ('depart', 'moved_in', '', '', ''), ('depart', 'registered', '', '', ''), ('depart', 'signed_off', '', '', ''), ('split', 'linked', '', '', ''), ('split', 'in_preparation', '', '', ''), ('split', 'on_hold', '', '', ''), ('split', 'refusal_review', '', '', ''), ('split', 'contract_signed', '', '', ''), ('split', 'moved_in', '', '', ''), ('split', 'registered', '', '', ''), ('split', 'signed_off', '', '', ''), ('merge', 'linked', '', '', ''), ('merge', 'in_preparation', '', '', ''), ('merge', 'on_hold', '', '', ''), ('merge', 'refusal_review', '', '', ''), ('merge', 'contract_signed', '', '', ''), ('merge', 'moved_in', '', '', ''), ('merge', 'registered', '', '', ''), ('merge', 'signed_off', '', '', ''), ('close', 'signed_off', 'closed', '', ''), ('unlink', 'linked', 'unlinked', '', ''), ('unlink', 'in_preparation', 'unlinked', '', ''), ('unlink', 'on_hold', 'unlinked', '', ''), ('unlink', 'refusal_review', 'unlinked', '', ''), ('relink', 'linked', 'relinked', '', ''), ('relink', 'in_preparation', 'relinked', '', ''), ('relink', 'on_hold', 'relinked', '', ''), ('relink', 'refusal_review', 'relinked', '', ''))\n                            AS t(code, before, after, state_now, state_next)\n                        WHERE t.code = NEW.code AND t.before = standing.status;\n                        IF NOT FOUND THEN\n                            RAISE EXCEPTION 'Step % is not allowed from %',\n                                NEW.code, standing.status;\n                        END IF;\n                        IF proposal_now <> NEW.proposal_before\n                            OR (NEW.code = 'propose' AND EXISTS (\n                                SELECT 1 FROM housing_casestep WHERE proposal_id = NEW.proposal_id))\n                            OR (NEW.code = 'judge' AND EXISTS (\n                                SELECT 1 FROM housing_proposal\n                                WHERE case_id = NEW.case_id AND id > NEW.proposal_id))\n                        THEN\n                            RAISE EXCEPTION 'Step % and its proposal do not go together', NEW.code;\n                        END IF;\n                        IF NEW.code = 'link' AND EXISTS (\n                            SELECT 1 FROM housing_casestep WHERE case_id = NEW.case_id)\n                        THEN\n                            RAISE EXCEPTION 'A household is linked once';\n                        END IF;\n                        IF status_next IS NOT NULL AND NEW.effective_on < standing.status_since THEN\n                            RAISE EXCEPTION 'A step cannot lie before the one it follows';\n                        END IF;\n                    END IF;\n                    NEW.status_after := COALESCE(status_next, standing.status);\n                    IF NEW.status_after <> standing.status THEN\n                        UPDATE housing_case SET status = NEW.status_after,\n                            status_since = CASE WHEN NEW.code = 'undo'\n                                THEN undone.since_before ELSE NEW.effective_on END\n                        WHERE id = NEW.case_id;\n                    END IF;\n                    IF proposal_next <> '' THEN\n                        UPDATE housing_proposal SET state = proposal_next,\n                            ended_on = CASE WHEN proposal_next\n                                IN ('refused', 'withdrawn')\n                                THEN COALESCE(\n                                    ended_on, GREATEST(NEW.effective_on, proposed_on)) END\n                        WHERE id = NEW.proposal_id AND case_id = NEW.case_id;\n                        IF NOT FOUND THEN\n                            RAISE EXCEPTION 'The proposal belongs to another case';\n                        END IF;\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="c272df31da6bdcbecac504f73392e86c4d63cd25",
                            operation="INSERT",
                            pgid="pgtrigger_take_step_d6c78",
                            table="housing_casestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="coaexplanationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.region_id = OLD.region_id AND gone.reference = OLD.reference AND gone.erased_on IS NOT NULL) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                \n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="9b508b2f22e462380e6e36af4a05328d60bfe50a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1e15f",
                            table="housing_coaexplanationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="coaexplanationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="b7d150717a336d7cbc87e10441f90b736529f128",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_25dad",
                            table="housing_coaexplanationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="coastatementevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.region_id = OLD.region_id AND gone.reference = OLD.reference AND gone.erased_on IS NOT NULL) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                \n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="8a14feb756fc488a32363c11ee52afd08115f6eb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_dd515",
                            table="housing_coastatementevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="coastatementevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="78274813fc4d999bbf4bf6579ade6239612f4f7f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_622ca",
                            table="housing_coastatementevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="counting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = (SELECT case_id FROM housing_person WHERE id = OLD.person_id) AND gone.erased_on IS NOT NULL) AND (TG_OP = 'UPDATE' OR NOT (\n    OLD.reverses_id IS NULL\n    AND EXISTS (SELECT 1 FROM housing_person AS person\n        WHERE person.id = OLD.person_id AND person.counted_on IS NOT NULL)\n    AND OLD.id = (SELECT max(line.id) FROM housing_counting AS line\n        WHERE line.person_id = OLD.person_id AND line.reverses_id IS NULL))) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                OLD.remark := ''::bytea; IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;\n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="a36535b7c05f20f2f24bdc9abe66ea0e4a253f2a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b334e",
                            table="housing_counting",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countingruleevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="89e01a280fc9d331f494473df888ccabcbd4bfc4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_78f80",
                            table="housing_countingruleevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countingruleevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="3ee7d726bcdefa4b262902add159cbdb969cc4cb",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_bf01c",
                            table="housing_countingruleevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dispersalthresholdevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="80690654982bb280f34adce3d1643bd0ca0bb2c8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_011df",
                            table="housing_dispersalthresholdevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dispersalthresholdevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="da404481e3cb53253420572962461ed67f550d61",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_82215",
                            table="housing_dispersalthresholdevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dwellingcheckevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = (SELECT case_id FROM housing_person WHERE id = OLD.person_id) AND gone.erased_on IS NOT NULL) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                \n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="ef6431605eed157b698daf5f485dd4bf260918d0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_db3dc",
                            table="housing_dwellingcheckevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dwellingcheckevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="cf50c6a52a692e78d50bac9f0d87452048f1ca23",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_9cfa6",
                            table="housing_dwellingcheckevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dwellingevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9f9e9a27aeefb2ab3142c47b822464b2ef8ab4c8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b68bd",
                            table="housing_dwellingevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dwellingevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="4756170a3e95ce888775f3a25736a2d6ba6bc326",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_50fdb",
                            table="housing_dwellingevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="functionalneedevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="aa08c614740e1d846c8efa00b835fade19ed994f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_36d77",
                            table="housing_functionalneedevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="functionalneedevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="3d62bde91de27b045fb830bc57e1099180d9a4b2",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_185c8",
                            table="housing_functionalneedevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidancetaskevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = OLD.case_id AND gone.erased_on IS NOT NULL) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                \n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="bbf3b259151b1aa1c75ae10eb8094503d1364c7c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_3d88a",
                            table="housing_guidancetaskevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidancetaskevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="b22998d9cf12f1b4c54d7cc311588ea1314fcd7f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_09804",
                            table="housing_guidancetaskevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidancetemplateevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b3410d5d93bb7d089d92593d4f25bfe771809eda",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_22f2f",
                            table="housing_guidancetemplateevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidancetemplateevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="27ab69f249b28f85fcdba21bf81792128c7b5547",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_fe7e3",
                            table="housing_guidancetemplateevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mentionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = (SELECT case_id FROM housing_casenote WHERE id = OLD.note_id) AND gone.erased_on IS NOT NULL) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                \n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="fc2b19ad67defbde2b721fb7214553e260779f70",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6870d",
                            table="housing_mentionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mentionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="39e452546c9bc8bed15f08e8fcba21d8fe5431d2",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_c7f3d",
                            table="housing_mentionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="occupancyevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = (SELECT case_id FROM housing_person WHERE id = OLD.person_id) AND gone.erased_on IS NOT NULL) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                \n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="bea8dfd5dc316e7104a493bbbb656e96406523fe",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a3d3d",
                            table="housing_occupancyevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="occupancyevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="b5967ed97280c499cbbd1254a00355c77a122407",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_be3a2",
                            table="housing_occupancyevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="person",
                    trigger=pgtrigger.compiler.Trigger(
                        name="kept_by_triggers",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.counted_on := NULL; NEW.credited_municipality_id := NULL; NEW.reunion := '';\n            ELSIF pg_trigger_depth() < 2\n                AND (NEW.counted_on, NEW.credited_municipality_id, NEW.reunion)\n                    IS DISTINCT FROM (OLD.counted_on, OLD.credited_municipality_id, OLD.reunion)\n                AND NOT (NEW.reunion = '' AND NEW.counted_on IS NOT DISTINCT FROM OLD.counted_on AND NEW.credited_municipality_id IS NOT DISTINCT FROM OLD.credited_municipality_id AND EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = NEW.case_id AND gone.erased_on IS NOT NULL))\n            THEN\n                RAISE EXCEPTION 'Only a new line about this % changes: counted_on, credited_municipality_id, reunion', TG_TABLE_NAME;\n            END IF;\n            RETURN NEW;\n        ",
                            hash="7df1e2e2f0f5d96220e86fccc9d844f6e46df665",
                            operation='INSERT OR UPDATE OF "counted_on", "credited_municipality_id", "reunion"',
                            pgid="pgtrigger_kept_by_triggers_4b46d",
                            table="housing_person",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="personevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = OLD.case_id AND gone.erased_on IS NOT NULL) OR EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = (SELECT case_id FROM housing_person WHERE id = OLD.pgh_obj_id) AND gone.erased_on IS NOT NULL) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                \n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="94554099cdf5382f22a679a5d82e3cb67049603b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_badba",
                            table="housing_personevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="personevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="672d89da5c2dc631f51c7350f9f455e713bb5496",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_03e8c",
                            table="housing_personevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposalevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = OLD.case_id AND gone.erased_on IS NOT NULL) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                \n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="2dc34b5a79bd2e97454503eaacca2fc35d18f8e2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_26274",
                            table="housing_proposalevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposalevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="8212c11eaa0275e04c36f47a1696d01d9212a754",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_13c87",
                            table="housing_proposalevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="refusalreasonevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9e1aa645297c1ce42553084fe2b5568cf0072445",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_af85b",
                            table="housing_refusalreasonevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="refusalreasonevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="b0a0d244344075147c5bf6d6b3f47a6f00129b7c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_3b272",
                            table="housing_refusalreasonevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rentlimitevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5697989dfe0c88ed178ead47a16a132a06fc301e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_12417",
                            table="housing_rentlimitevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rentlimitevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="08b66c2c8e982f0c9ce7e7b4c360168825714fa2",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_b113d",
                            table="housing_rentlimitevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reunionfact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = (SELECT case_id FROM housing_person WHERE id = OLD.person_id) AND gone.erased_on IS NOT NULL) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                \n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="07d5a893eba69cc5dad370284038e766e53b1a61",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a84db",
                            table="housing_reunionfact",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sharingruleevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="678173a09b0438a0e4ebd3241671b947d99e510b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b2126",
                            table="housing_sharingruleevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sharingruleevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="81a4760e11193b23e2f03cd971a7b9e46ec6115d",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_85222",
                            table="housing_sharingruleevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stayevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM housing_case AS gone WHERE gone.id = OLD.case_id AND gone.erased_on IS NOT NULL) THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                \n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="7d6bc9be8a02ba30efed4955196815c8488567ee",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b1f80",
                            table="housing_stayevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stayevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="adf7019cc5be48507fabd04278b51b0648815ddc",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_2df88",
                            table="housing_stayevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tasklinkevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF OLD.expires_at < now() - interval '29 days' THEN\n                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                \n            END IF;\n            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;\n        ",
                            hash="88788150163c61698cc413873983e7bcece64b64",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4d103",
                            table="housing_tasklinkevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tasklinkevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="60413a06bc63a309d642b80a5dd73e229a07ff63",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_f0d87",
                            table="housing_tasklinkevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tenancyevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e63e66eccd05b02282d76720f0a670a4029c21b4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b4350",
                            table="housing_tenancyevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tenancyevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="c17a62783c60d6c8d6decb90b4c486a55afd9a37",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_7991f",
                            table="housing_tenancyevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="termevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e6a824b5c9322a4348cfb6c5f65fecc77c9ca117",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_82341",
                            table="housing_termevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="termevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="bbf5bd632c14c1f6f14081c0cf2f018c2f03a425",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_6b915",
                            table="housing_termevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="vacancy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="state_transitions",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{announced:available,announced:reserved,announced:withdrawn,available:let_regular,available:reserved,available:withdrawn,reserved:announced,reserved:available,reserved:let_permit,reserved:withdrawn,let_permit:reserved}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="ee9ce6ea1ceee77e78c08cc7d5ebbf96a93796b1",
                            operation="UPDATE",
                            pgid="pgtrigger_state_transitions_4316c",
                            table="housing_vacancy",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="vacancyevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="96dc75e7dfeea6ee78979e9c3dedb83e69c7ae42",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0c12d",
                            table="housing_vacancyevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="vacancyevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="c96ae5992b797b8b47f0df10da0efe1392d9387a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_10284",
                            table="housing_vacancyevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="vacancywaitevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="04d08abf839ffac9d6a4d8c76d82c14558d03f96",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_72527",
                            table="housing_vacancywaitevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="vacancywaitevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="2049e3bb0964b89b2e50da61ff2145b8050ced86",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_44e3f",
                            table="housing_vacancywaitevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="withdrawalreasonevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="be11acae69c035ee92bdd0ae52e98a71f5ff12d4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_dae85",
                            table="housing_withdrawalreasonevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="withdrawalreasonevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="9b4808ef58df78b2f24535037255aa3e21e397a0",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_cb238",
                            table="housing_withdrawalreasonevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("erased_on__isnull", True),
                            ("status__in", ["closed", "relinked", "unlinked"]),
                            _connector="OR",
                        ),
                        name="case_erased_only_when_ended",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("erased_on__isnull", True),
                            ("erased_on__gte", models.F("status_since")),
                            _connector="OR",
                        ),
                        name="case_erased_after_the_end",
                        violation_error_message="The end lies before the beginning.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("relation__in", ["", "child", "holder", "other", "partner"])
                        ),
                        name="person_relation_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
            ]
        ),
        migrations.RunSQL(DIFFERENCES, BEFORE),
    ]
