import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from westerkwartier.web.migrating import InOneGo


class Migration(migrations.Migration):
    dependencies = [
        ("quota", "0001_initial"),
    ]

    operations = [
        InOneGo(
            [
                pgtrigger.migrations.AddTrigger(
                    model_name="nationalinhabitantsevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8a3e446d5bf1d013863a07ed5784606c4e9ae0c0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b3aa2",
                            table="quota_nationalinhabitantsevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="nationalinhabitantsevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="54fef0f188dc40579075953609fe3ce960cc887f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_7e60d",
                            table="quota_nationalinhabitantsevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="obligationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3cf3001aebf5b6400bd9d36c67b9e40f2fe35c4f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4b740",
                            table="quota_obligationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="obligationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="0af792c48ef55a68c539139b3a6d7fbfeb89c458",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_08a82",
                            table="quota_obligationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="openingbalanceevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1854bf0930d90dc2afc27a9690b337b5a33b6dcd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e66f0",
                            table="quota_openingbalanceevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="openingbalanceevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="4d96294fdd08c75883f3f3d11da93f73ab0f2dde",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_03ac8",
                            table="quota_openingbalanceevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quotaperiodevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d9e9a9cf6bba0503f1d67d0cc2e2fd59ea62d44a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_04846",
                            table="quota_quotaperiodevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quotaperiodevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="34297b35f7468f017e0b1308e8c14aab01811d7d",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_0b17f",
                            table="quota_quotaperiodevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="schedulethresholdevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="282d6813effffaaf3e7bf09a853919049a2a3d3f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b1525",
                            table="quota_schedulethresholdevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="schedulethresholdevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="87689b8c793e2472465343781c92c0df986a912c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_2aaa4",
                            table="quota_schedulethresholdevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
