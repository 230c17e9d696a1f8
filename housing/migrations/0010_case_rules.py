import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("housing", "0009_fill_cases")]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="kept_by_triggers",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.status := 'linked'; NEW.status_since := NEW.linked_on;\n            ELSIF pg_trigger_depth() < 2\n                AND (NEW.status, NEW.status_since)\n                    IS DISTINCT FROM (OLD.status, OLD.status_since)\n            THEN\n                RAISE EXCEPTION 'Only a new line about this % changes: status, status_since', TG_TABLE_NAME;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="8fd9d509b55ea90fe0a713dceb7ecd51846043c0",
                    operation='INSERT OR UPDATE OF "status", "status_since"',
                    pgid="pgtrigger_kept_by_triggers_5ff71",
                    table="housing_case",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="kept_by_triggers",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.counted_on := NULL; NEW.credited_municipality_id := NULL;\n            ELSIF pg_trigger_depth() < 2\n                AND (NEW.counted_on, NEW.credited_municipality_id)\n                    IS DISTINCT FROM (OLD.counted_on, OLD.credited_municipality_id)\n            THEN\n                RAISE EXCEPTION 'Only a new line about this % changes: counted_on, credited_municipality_id', TG_TABLE_NAME;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="87bb6ba0306a9e6159aed9530be08d864ca38bab",
                    operation='INSERT OR UPDATE OF "counted_on", "credited_municipality_id"',
                    pgid="pgtrigger_kept_by_triggers_4b46d",
                    table="housing_person",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="counting",
            trigger=pgtrigger.compiler.Trigger(
                name="count_person",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE standing housing_person; counted housing_counting;",
                    func="\n                    SELECT * INTO STRICT standing FROM housing_person\n                    WHERE id = NEW.person_id FOR NO KEY UPDATE;\n                    IF NEW.reverses_id IS NULL THEN\n                        IF standing.counted_on IS NOT NULL THEN\n                            RAISE EXCEPTION 'This person counts already';\n                        END IF;\n                        UPDATE housing_person SET counted_on = NEW.\"on\",\n                            credited_municipality_id = NEW.municipality_id\n                        WHERE id = NEW.person_id;\n                    ELSE\n                        SELECT * INTO STRICT counted FROM housing_counting\n                        WHERE id = NEW.reverses_id;\n                        IF counted.person_id <> NEW.person_id\n                            OR counted.municipality_id <> NEW.municipality_id\n                            OR counted.reverses_id IS NOT NULL\n                            OR standing.counted_on IS DISTINCT FROM counted.\"on\"\n                        THEN\n                            RAISE EXCEPTION 'Only what counts can be reversed';\n                        END IF;\n                        UPDATE housing_person SET counted_on = NULL,\n                            credited_municipality_id = NULL\n                        WHERE id = NEW.person_id;\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="3bb3121f69393b0830adaf4c4eb3f3befa81be3f",
                    operation="INSERT",
                    pgid="pgtrigger_count_person_9ae80",
                    table="housing_counting",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="casestep",
            trigger=pgtrigger.compiler.Trigger(
                name="take_step",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE standing housing_case; undone housing_casestep; status_next text; proposal_next text;",
                    func="\n                    SELECT * INTO STRICT standing FROM housing_case\n                    WHERE id = NEW.case_id FOR NO KEY UPDATE;\n                    NEW.status_before := standing.status;\n                    NEW.since_before := standing.status_since;\n                    NEW.proposal_before := COALESCE(\n                        (SELECT state FROM housing_proposal WHERE id = NEW.proposal_id), '');\n                    IF NEW.code = 'undo' THEN\n                        SELECT * INTO STRICT undone FROM housing_casestep WHERE id = NEW.undoes_id;\n                        IF undone.case_id <> NEW.case_id\n                            OR undone.code IN ('link', 'undo', 'correct_count', 'split', 'merge')\n                            OR undone.proposal_id IS DISTINCT FROM NEW.proposal_id\n                            OR EXISTS (\n                                SELECT 1 FROM housing_casestep later\n                                WHERE later.case_id = NEW.case_id AND later.id > undone.id\n                                    AND later.code <> 'undo'\n                                    AND NOT EXISTS (SELECT 1 FROM housing_casestep back\n                                        WHERE back.undoes_id = later.id))\n                        THEN\n                            RAISE EXCEPTION 'Only the last step of a case can be taken back';\n                        END IF;\n                        status_next := undone.status_before;\n                        proposal_next := CASE\n                            WHEN undone.code = 'propose'\n                                THEN 'withdrawn'\n                            WHEN undone.proposal_before = NEW.proposal_before THEN ''\n                            ELSE undone.proposal_before END;\n                    ELSE\n                        SELECT NULLIF(t.after, ''), t.proposal INTO status_next, proposal_next\n                        FROM (VALUES ('link', 'linked', '', ''), ('prepare', 'linked', 'in_preparation', ''), ('hold', 'linked', 'on_hold', ''), ('hold', 'in_preparation', 'on_hold', ''), ('resume', 'on_hold', 'in_preparation', ''), ('no_dwelling', 'linked', '', ''), ('no_dwelling', 'in_preparation', '', ''), ('propose', 'linked', 'proposed', 'proposed'), ('propose', 'in_preparation', 'proposed', 'proposed'), ('agree', 'proposed', 'agreed', 'agreed'), ('offer', 'agreed', 'offered', 'offered'), ('accept', 'offered', 'accepted', 'accepted'), ('refuse', 'offered', 'refusal_review', 'refused'), ('refuse', 'accepted', 'refusal_review', 'refused'), ('decline', 'proposed', 'in_preparation', 'refused'), ('decline', 'agreed', 'in_preparation', 'refused'), ('decline', 'offered', 'in_preparation', 'refused'), ('decline', 'accepted', 'in_preparation', 'refused'), ('withdraw', 'proposed', 'in_preparation', 'withdrawn'), ('withdraw', 'agreed', 'in_preparation', 'withdrawn'), ('withdraw', 'offered', 'in_preparation', 'withdrawn'), ('withdraw', 'accepted', 'in_preparation', 'withdrawn'), ('judge', 'refusal_review', 'in_preparation', ''), ('sign', 'accepted', 'contract_signed', 'signed'), ('move_in', 'contract_signed', 'moved_in', 'moved_in'), ('register', 'moved_in', 'registered', 'registered'), ('sign_off', 'moved_in', 'signed_off', 'signed_off'), ('sign_off', 'registered', 'signed_off', 'signed_off'), ('stay', 'linked', 'signed_off', ''), ('stay', 'in_preparation', 'signed_off', ''), ('lodge', 'linked', '', ''), ('lodge', 'in_preparation', '', ''), ('join', 'moved_in', '', ''), ('join', 'registered', '', ''), ('join', 'signed_off', '', ''), ('join', 'closed', '', ''), ('sign_off_joined', 'signed_off', '', ''), ('sign_off_joined', 'closed', '', ''), ('correct_count', 'linked', '', ''), ('correct_count', 'in_preparation', '', ''), ('correct_count', 'on_hold', '', ''), ('correct_count', 'proposed', '', ''), ('correct_count', 'agreed', '', ''), ('correct_count', 'offered', '', ''), ('correct_count', 'accepted', '', ''), ('correct_count', 'refusal_review', '', ''), ('correct_count', 'contract_signed', '', ''), ('correct_count', 'moved_in', '', ''), ('correct_count', 'registered', '', ''), ('correct_count', 'signed_off', '', ''), ('correct_count', 'closed', '', ''), ('correct_count', 'unlinked', '', ''), ('correct_count', 'relinked', '', ''), ('change_link', 'linked', '', ''), ('change_link', 'in_preparation', '', ''), ('change_link', 'on_hold', '', ''), ('change_link', 'refusal_review', '', ''), ('change_link', 'proposed', '', ''), ('change_link', 'agreed', '', ''), ('change_link', 'offered', '', ''), ('change_link', 'accepted', '', ''), ('birth', 'linked', '', ''), ('birth', 'in_preparation', '', ''), ('birth', 'on_hold', '', ''), ('birth', 'proposed', '', ''), ('birth', 'agreed', '', ''), ('birth', 'offered', '', ''), ('birth', 'accepted', '', ''), ('birth', 'refusal_review', '', ''), ('birth', 'contract_signed', '', ''), ('birth', 'moved_in', '', ''), ('birth', 'registered', '', ''), ('birth', 'signed_off', '', ''), ('depart', 'linked', '', ''), ('depart', 'in_preparation', '', ''), ('depart', 'on_hold', '', ''), ('depart', 'proposed', '', ''), ('depart', 'agreed', '', ''), ('depart', 'offered', '', ''), ('depart', 'accepted', '', ''), ('depart', 'refusal_review', '', ''), ('depart', 'contract_signed', '', ''), ('depart', 'moved_in', '', ''), ('depart', 'registered', '', ''), ('depart', 'signed_off', '', ''), ('split', 'linked', '', ''), ('split', 'in_preparation', '', ''), ('split', 'on_hold', '', ''), ('split', 'refusal_review', '', ''), ('split', 'contract_signed', '', ''), ('split', 'moved_in', '', ''), ('split', 'registered', '', ''), ('split', 'signed_off', '', ''), ('merge', 'linked', '', ''), ('merge', 'in_preparation', '', ''), ('merge', 'on_hold', '', ''), ('merge', 'refusal_review', '', ''), ('merge', 'contract_signed', '', ''), ('merge', 'moved_in', '', ''), ('merge', 'registered', '', ''), ('merge', 'signed_off', '', ''), ('close', 'signed_off', 'closed', ''), ('unlink', 'linked', 'unlinked', ''), ('unlink', 'in_preparation', 'unlinked', ''), ('unlink', 'on_hold', 'unlinked', ''), ('unlink', 'refusal_review', 'unlinked', ''), ('relink', 'linked', 'relinked', ''), ('relink', 'in_preparation', 'relinked', ''), ('relink', 'on_hold', 'relinked', ''), ('relink', 'refusal_review', 'relinked', '')) AS t(code, before, after, proposal)\n                        WHERE t.code = NEW.code AND t.before = standing.status;\n                        IF NOT FOUND THEN\n                            RAISE EXCEPTION 'Step % is not allowed from %',\n                                NEW.code, standing.status;\n                        END IF;\n                        IF (proposal_next <> '') <> (NEW.proposal_id IS NOT NULL)\n                            AND NEW.code <> 'judge'\n                        THEN\n                            RAISE EXCEPTION 'Step % and its proposal do not go together', NEW.code;\n                        END IF;\n                        IF status_next IS NOT NULL AND NEW.effective_on < standing.status_since THEN\n                            RAISE EXCEPTION 'A step cannot lie before the one it follows';\n                        END IF;\n                    END IF;\n                    NEW.status_after := COALESCE(status_next, standing.status);\n                    IF NEW.status_after <> standing.status THEN\n                        UPDATE housing_case SET status = NEW.status_after,\n                            status_since = CASE WHEN NEW.code = 'undo'\n                                THEN undone.since_before ELSE NEW.effective_on END\n                        WHERE id = NEW.case_id;\n                    END IF;\n                    IF proposal_next <> '' THEN\n                        UPDATE housing_proposal SET state = proposal_next,\n                            ended_on = CASE WHEN proposal_next\n                                IN ('refused', 'withdrawn')\n                                THEN GREATEST(NEW.effective_on, proposed_on) END\n                        WHERE id = NEW.proposal_id AND case_id = NEW.case_id;\n                        IF NOT FOUND THEN\n                            RAISE EXCEPTION 'The proposal belongs to another case';\n                        END IF;\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="41259851bb1c56d8df850bc71424f717176a7b67",
                    operation="INSERT",
                    pgid="pgtrigger_take_step_d6c78",
                    table="housing_casestep",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="proposal",
            trigger=pgtrigger.compiler.Trigger(
                name="kept_by_triggers",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.state := 'proposed'; NEW.ended_on := NULL;\n            ELSIF pg_trigger_depth() < 2\n                AND (NEW.state, NEW.ended_on)\n                    IS DISTINCT FROM (OLD.state, OLD.ended_on)\n            THEN\n                RAISE EXCEPTION 'Only a new line about this % changes: state, ended_on', TG_TABLE_NAME;\n            END IF;\n            RETURN NEW;\n        ",
                    hash="812445298c15edea932f9cae1fa6d3a808a992d3",
                    operation='INSERT OR UPDATE OF "state", "ended_on"',
                    pgid="pgtrigger_kept_by_triggers_3199e",
                    table="housing_proposal",
                    when="BEFORE",
                ),
            ),
        ),
    ]
