import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from westerkwartier.web.migrating import InOneGo


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0007_mail_rhythm"),
    ]

    operations = [
        InOneGo(
            [
                pgtrigger.migrations.AddTrigger(
                    model_name="contactpersonevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a99476b201f3378eadcdbbed852a9379739b8500",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_c2695",
                            table="partners_contactpersonevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactpersonevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="aa47372a52d1ea2e8257a867013cb66cb74c1fc1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_ebdeb",
                            table="partners_contactpersonevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="covenantevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cef96fa5bbbf85d7904402604de5ab2b6ff0c751",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_26a2c",
                            table="partners_covenantevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="covenantevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="fc7c64fb95b2b4c98d71630ffea3e1c9f390af44",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_61666",
                            table="partners_covenantevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="covenantmeasureevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3627806c98ea80ee4e0e32ee94ccd66b0c16a0b8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_76e97",
                            table="partners_covenantmeasureevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="covenantmeasureevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="d6720b857d16d6197d8981ae1147be11e19a1929",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_83379",
                            table="partners_covenantmeasureevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="covenantpartyevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ad28c3822048ff59fed212f7b2b6210ff673dfa2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6f73a",
                            table="partners_covenantpartyevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="covenantpartyevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="5167d6dbc0de3804e1a25fa285c06069118bd5f3",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_bcca4",
                            table="partners_covenantpartyevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="importbatchevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="bf41828b549856d3665db72c5db3bc6063ee53a4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_904fa",
                            table="partners_importbatchevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="importbatchevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="c845f01522c37bbbcde57c95bb2b8ec8bafeccd9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_9be59",
                            table="partners_importbatchevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="importmappingevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="097dbd5251c7c97a823f2ecf304319f7f259971c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0cead",
                            table="partners_importmappingevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="importmappingevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="cfe1a90adfe541a25fc127240e019d7e8478d914",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_7bcc0",
                            table="partners_importmappingevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="inhabitantsevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a790efd9e5bd8e2a8c3503cdf0138a3dc5760b01",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_176d9",
                            table="partners_inhabitantsevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="inhabitantsevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="d83bd56d780712c000854712ab8375872d94acd4",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_20dfb",
                            table="partners_inhabitantsevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a6f850a04af03a78fdb580791c77fd2d32e2f49b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9be22",
                            table="partners_invitationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="10adfeabf9fba35767d43afa7e3997c6f4938f9b",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_ee6af",
                            table="partners_invitationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membershipevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2e5637e613c25e629b5d28ab1374b2e571093e13",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a4649",
                            table="partners_membershipevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membershipevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="2b43d81c9ae0fc3defefb54040bf429c8ce1d072",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_25334",
                            table="partners_membershipevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="municipalityevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d83c7f985cd8d6a34ed1d761ac7ea2187921ed9e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1c99d",
                            table="partners_municipalityevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="municipalityevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="9c40ed399082d45cf39c8f820a3a3ee488f250eb",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_099a9",
                            table="partners_municipalityevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="824489acf6c4ab95b0a7fd59734fd25844e79367",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_68049",
                            table="partners_organisationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="22d27d0e40b12863565f1b472b7d589256ebc5ab",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_d5337",
                            table="partners_organisationevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="regionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8c809e31c1f316fbe8c1cc41f434daf23e4c1aaa",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_657fc",
                            table="partners_regionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="regionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="d6be46a0f5dd2c357ef1b4dc9f4ace807008036d",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_80cd3",
                            table="partners_regionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sharedefinitionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="be93f564ea7b56e4d1c46e55fa623a921c96fe20",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a6d09",
                            table="partners_sharedefinitionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sharedefinitionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="2270a1517c0a03460412d8914f54123973d087a3",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_eef2a",
                            table="partners_sharedefinitionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="successionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5418624e68f6089af9dd5112388ce61cc6f4e0d7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_23682",
                            table="partners_successionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="successionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="5e401e5408ecf12ddb5b09a2d99787f4aeec782e",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_8ffbe",
                            table="partners_successionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="userevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="29277babc6502be25d68d4e59998fdfb5d43ab5d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ebf36",
                            table="partners_userevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="userevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="62682b80e6feed3ebed428fa4836bd42b3024fb5",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_1db5f",
                            table="partners_userevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="villagebelongingevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c1b9cbd0905739aebe7a65e4bbcc247e4cfbdcb0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4c70c",
                            table="partners_villagebelongingevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="villagebelongingevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="f965aa88ca3e1b5201eb961da12be023ea7de8ac",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_6cbeb",
                            table="partners_villagebelongingevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="villageevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="143b80e76be74953460e23a5354a5df101c89d90",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8c817",
                            table="partners_villageevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="villageevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="a2abdfcc072960df95cccec5f29ce502bbe91674",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_f480c",
                            table="partners_villageevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="villagefacilityevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="570b98342f907e5398a2541b58781a8113e42010",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_cea51",
                            table="partners_villagefacilityevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="villagefacilityevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="94ee991b229c4e05825f63734235fc7afe15b27c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_4aa19",
                            table="partners_villagefacilityevent",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
