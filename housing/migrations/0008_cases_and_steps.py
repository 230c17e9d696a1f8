import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import westerkwartier.web.models
from westerkwartier.web.migrating import InOneGo


class Migration(migrations.Migration):
    dependencies = [
        ("housing", "0007_search_dwellings"),
        ("partners", "0005_verdict_reminder"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccommodationType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(unique=True, verbose_name="code")),
                ("label_nl", models.CharField(max_length=120, verbose_name="label in Dutch")),
                ("label_en", models.CharField(max_length=120, verbose_name="label in English")),
                (
                    "regular",
                    models.BooleanField(default=False, verbose_name="a dwelling with a tenancy"),
                ),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
                ("source", models.CharField(max_length=250, verbose_name="source")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("official", "official"),
                            ("press", "from the press"),
                            ("derived", "calculated"),
                            ("memory", "not verified"),
                            ("mixed", "partly verified"),
                            ("unknown", "unknown"),
                            ("illustrative", "illustrative"),
                        ],
                        max_length=12,
                        verbose_name="certainty",
                    ),
                ),
            ],
            options={
                "verbose_name": "kind of accommodation",
                "verbose_name_plural": "kinds of accommodation",
                "ordering": ["label_nl"],
            },
        ),
        migrations.CreateModel(
            name="AccommodationTypeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False, verbose_name="code")),
                ("label_nl", models.CharField(max_length=120, verbose_name="label in Dutch")),
                ("label_en", models.CharField(max_length=120, verbose_name="label in English")),
                (
                    "regular",
                    models.BooleanField(default=False, verbose_name="a dwelling with a tenancy"),
                ),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
                ("source", models.CharField(max_length=250, verbose_name="source")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("official", "official"),
                            ("press", "from the press"),
                            ("derived", "calculated"),
                            ("memory", "not verified"),
                            ("mixed", "partly verified"),
                            ("unknown", "unknown"),
                            ("illustrative", "illustrative"),
                        ],
                        max_length=12,
                        verbose_name="certainty",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseNeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "need",
                "verbose_name_plural": "needs",
                "ordering": ["need__label_nl"],
            },
        ),
        migrations.CreateModel(
            name="CaseNeedEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="written at")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken back at"),
                ),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="CaseNoteEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("at", models.DateTimeField(verbose_name="written at")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken back at"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CasePreference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("work", "Work"),
                            ("school", "School or study"),
                            ("family", "First-degree family"),
                            ("treatment", "Treatment that is not given elsewhere"),
                        ],
                        max_length=10,
                        verbose_name="because of",
                    ),
                ),
            ],
            options={
                "verbose_name": "preference",
                "verbose_name_plural": "preferences",
                "ordering": ["village__name"],
            },
        ),
        migrations.CreateModel(
            name="CasePreferenceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("work", "Work"),
                            ("school", "School or study"),
                            ("family", "First-degree family"),
                            ("treatment", "Treatment that is not given elsewhere"),
                        ],
                        max_length=10,
                        verbose_name="because of",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("link", "Linked by COA"),
                            ("prepare", "Taken in hand"),
                            ("hold", "Put on hold"),
                            ("resume", "Taken up again"),
                            ("no_dwelling", "No dwelling found"),
                            ("propose", "Dwelling proposed"),
                            ("agree", "Corporation agrees"),
                            ("offer", "Offered to the household"),
                            ("accept", "Accepted by the household"),
                            ("refuse", "Refused by the household"),
                            ("decline", "Turned down"),
                            ("withdraw", "Proposal withdrawn"),
                            ("judge", "Refusal judged by COA"),
                            ("sign", "Contract signed"),
                            ("move_in", "Moved in"),
                            ("register", "Registered (BRP)"),
                            ("sign_off", "Signed off by COA"),
                            ("stay", "Housed in other accommodation"),
                            ("lodge", "Lodged elsewhere for the time being"),
                            ("join", "Family joined"),
                            ("sign_off_joined", "Family signed off by COA"),
                            ("correct_count", "Count corrected"),
                            ("change_link", "Linked to another municipality of the region"),
                            ("birth", "Child born"),
                            ("depart", "Person left the household"),
                            ("split", "Household split"),
                            ("merge", "Households taken together"),
                            ("close", "Case closed"),
                            ("unlink", "Unlinked by COA"),
                            ("relink", "Linked elsewhere by COA"),
                            ("undo", "Step taken back"),
                        ],
                        max_length=16,
                        verbose_name="step",
                    ),
                ),
                (
                    "status_before",
                    models.CharField(
                        choices=[
                            ("linked", "Linked"),
                            ("in_preparation", "In preparation"),
                            ("on_hold", "On hold"),
                            ("proposed", "Proposed"),
                            ("agreed", "Corporation agrees"),
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("refusal_review", "Refusal judged by COA"),
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
                ("since_before", models.DateField(editable=False)),
                (
                    "status_after",
                    models.CharField(
                        choices=[
                            ("linked", "Linked"),
                            ("in_preparation", "In preparation"),
                            ("on_hold", "On hold"),
                            ("proposed", "Proposed"),
                            ("agreed", "Corporation agrees"),
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("refusal_review", "Refusal judged by COA"),
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
                (
                    "proposal_before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proposed", "Proposed"),
                            ("agreed", "Corporation agrees"),
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("signed", "Contract signed"),
                            ("moved_in", "Moved in"),
                            ("registered", "Registered (BRP)"),
                            ("signed_off", "Signed off by COA"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        editable=False,
                        max_length=12,
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="on")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("awaits_family", "Waits for family who follow"),
                            ("awaits_care", "Waits for care or support"),
                            ("awaits_coa", "Waits for COA"),
                            ("elsewhere", "Linked to another municipality"),
                            ("self_housed", "Found a dwelling without help"),
                            ("joined_family", "Moved in with family"),
                            ("left", "Left without telling where to"),
                            ("permit_withdrawn", "Permit withdrawn"),
                            ("deceased", "Died"),
                            ("coa_error", "Mistake by COA"),
                            ("reception_ended", "Reception ended after a refusal"),
                            ("merged", "Taken together with another household"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="remark")),
                ("kept", models.JSONField(blank=True, default=dict)),
                ("at", models.DateTimeField(verbose_name="told at")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "verbose_name": "step",
                "verbose_name_plural": "steps",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Counting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="on")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sign_off_withdrawn", "COA took the signing off back"),
                            ("wrong_municipality", "Counted for the wrong municipality"),
                            ("wrong_date", "Counted on the wrong day"),
                            ("twice", "Counted twice"),
                            ("step_undone", "The step was taken back"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="remark")),
                ("at", models.DateTimeField(verbose_name="told at")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "verbose_name": "counting",
                "verbose_name_plural": "countings",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CountingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("holder", "Permit holder"),
                            ("family", "Family member"),
                            ("reunifier", "Family reunifier"),
                            ("minor", "Unaccompanied minor"),
                        ],
                        max_length=10,
                        verbose_name="category",
                    ),
                ),
                (
                    "from_event",
                    models.CharField(
                        choices=[
                            ("arrived", "Arrival"),
                            ("moved_in", "Moving in"),
                            ("signed_off", "Signing off by COA"),
                            ("none", "Does not count"),
                        ],
                        max_length=10,
                        verbose_name="counts from",
                    ),
                ),
                (
                    "credited_to",
                    models.CharField(
                        choices=[
                            ("linked", "The municipality linked by COA"),
                            ("housed", "The municipality lived in"),
                            ("none", "No municipality"),
                        ],
                        max_length=6,
                        verbose_name="counts for",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
                ("source", models.CharField(max_length=250, verbose_name="source")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("official", "official"),
                            ("press", "from the press"),
                            ("derived", "calculated"),
                            ("memory", "not verified"),
                            ("mixed", "partly verified"),
                            ("unknown", "unknown"),
                            ("illustrative", "illustrative"),
                        ],
                        max_length=12,
                        verbose_name="certainty",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=250, verbose_name="note")),
            ],
            options={
                "verbose_name": "counting rule",
                "verbose_name_plural": "counting rules",
                "ordering": ["accommodation", "category", "valid_from"],
            },
        ),
        migrations.CreateModel(
            name="CountingRuleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("holder", "Permit holder"),
                            ("family", "Family member"),
                            ("reunifier", "Family reunifier"),
                            ("minor", "Unaccompanied minor"),
                        ],
                        max_length=10,
                        verbose_name="category",
                    ),
                ),
                (
                    "from_event",
                    models.CharField(
                        choices=[
                            ("arrived", "Arrival"),
                            ("moved_in", "Moving in"),
                            ("signed_off", "Signing off by COA"),
                            ("none", "Does not count"),
                        ],
                        max_length=10,
                        verbose_name="counts from",
                    ),
                ),
                (
                    "credited_to",
                    models.CharField(
                        choices=[
                            ("linked", "The municipality linked by COA"),
                            ("housed", "The municipality lived in"),
                            ("none", "No municipality"),
                        ],
                        max_length=6,
                        verbose_name="counts for",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
                ("source", models.CharField(max_length=250, verbose_name="source")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("official", "official"),
                            ("press", "from the press"),
                            ("derived", "calculated"),
                            ("memory", "not verified"),
                            ("mixed", "partly verified"),
                            ("unknown", "unknown"),
                            ("illustrative", "illustrative"),
                        ],
                        max_length=12,
                        verbose_name="certainty",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=250, verbose_name="note")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DwellingCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "approved_on",
                    models.DateField(blank=True, null=True, verbose_name="dwelling approved on"),
                ),
                ("registered", models.BooleanField(default=False, verbose_name="registered (BRP)")),
                (
                    "number_present",
                    models.BooleanField(
                        default=False, verbose_name="has a citizen service number (BSN)"
                    ),
                ),
                (
                    "mvv",
                    models.BooleanField(default=False, verbose_name="has an entry permit (mvv)"),
                ),
            ],
            options={
                "verbose_name": "dwelling check",
                "verbose_name_plural": "dwelling checks",
            },
        ),
        migrations.CreateModel(
            name="DwellingCheckEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "approved_on",
                    models.DateField(blank=True, null=True, verbose_name="dwelling approved on"),
                ),
                ("registered", models.BooleanField(default=False, verbose_name="registered (BRP)")),
                (
                    "number_present",
                    models.BooleanField(
                        default=False, verbose_name="has a citizen service number (BSN)"
                    ),
                ),
                (
                    "mvv",
                    models.BooleanField(default=False, verbose_name="has an entry permit (mvv)"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FunctionalNeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(unique=True, verbose_name="code")),
                ("label_nl", models.CharField(max_length=120, verbose_name="label in Dutch")),
                ("label_en", models.CharField(max_length=120, verbose_name="label in English")),
                (
                    "vera_code",
                    models.CharField(blank=True, max_length=40, verbose_name="VERA code"),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "functional need",
                "verbose_name_plural": "functional needs",
                "ordering": ["label_nl"],
            },
        ),
        migrations.CreateModel(
            name="FunctionalNeedEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False, verbose_name="code")),
                ("label_nl", models.CharField(max_length=120, verbose_name="label in Dutch")),
                ("label_en", models.CharField(max_length=120, verbose_name="label in English")),
                (
                    "vera_code",
                    models.CharField(blank=True, max_length=40, verbose_name="VERA code"),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GuidanceTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "confirmed_by_link",
                    models.BooleanField(default=False, verbose_name="confirmed through a link"),
                ),
                (
                    "cancelled_on",
                    models.DateField(blank=True, null=True, verbose_name="not needed since"),
                ),
            ],
            options={
                "verbose_name": "guidance task",
                "verbose_name_plural": "guidance tasks",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="GuidanceTaskEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "confirmed_by_link",
                    models.BooleanField(default=False, verbose_name="confirmed through a link"),
                ),
                (
                    "cancelled_on",
                    models.DateField(blank=True, null=True, verbose_name="not needed since"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GuidanceTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(verbose_name="code")),
                ("label_nl", models.CharField(max_length=160, verbose_name="label in Dutch")),
                ("label_en", models.CharField(max_length=160, verbose_name="label in English")),
                (
                    "owner_kind",
                    models.CharField(
                        choices=[
                            ("municipality", "Municipality"),
                            ("corporation", "Housing corporation"),
                            ("coa", "COA"),
                            ("guidance", "Guidance"),
                            ("province", "Province"),
                            ("tenants", "Tenants' platform"),
                            ("regional_office", "Regional office"),
                        ],
                        max_length=20,
                        verbose_name="done by",
                    ),
                ),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("contract_signed", "Contract signed"),
                            ("tenancy_start", "First day of the tenancy"),
                            ("moved_in", "Moved in"),
                            ("registered", "Registered (BRP)"),
                            ("signed_off", "Signed off by COA"),
                            ("arrived", "Family arrived"),
                        ],
                        max_length=16,
                        verbose_name="after",
                    ),
                ),
                ("offset_days", models.SmallIntegerField(default=0, verbose_name="days after")),
                (
                    "only_for_family",
                    models.BooleanField(default=False, verbose_name="only when family joins"),
                ),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
                ("source", models.CharField(max_length=250, verbose_name="source")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("official", "official"),
                            ("press", "from the press"),
                            ("derived", "calculated"),
                            ("memory", "not verified"),
                            ("mixed", "partly verified"),
                            ("unknown", "unknown"),
                            ("illustrative", "illustrative"),
                        ],
                        max_length=12,
                        verbose_name="certainty",
                    ),
                ),
            ],
            options={
                "verbose_name": "task of the checklist",
                "verbose_name_plural": "tasks of the checklist",
                "ordering": ["event", "offset_days", "code"],
            },
        ),
        migrations.CreateModel(
            name="GuidanceTemplateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False, verbose_name="code")),
                ("label_nl", models.CharField(max_length=160, verbose_name="label in Dutch")),
                ("label_en", models.CharField(max_length=160, verbose_name="label in English")),
                (
                    "owner_kind",
                    models.CharField(
                        choices=[
                            ("municipality", "Municipality"),
                            ("corporation", "Housing corporation"),
                            ("coa", "COA"),
                            ("guidance", "Guidance"),
                            ("province", "Province"),
                            ("tenants", "Tenants' platform"),
                            ("regional_office", "Regional office"),
                        ],
                        max_length=20,
                        verbose_name="done by",
                    ),
                ),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("contract_signed", "Contract signed"),
                            ("tenancy_start", "First day of the tenancy"),
                            ("moved_in", "Moved in"),
                            ("registered", "Registered (BRP)"),
                            ("signed_off", "Signed off by COA"),
                            ("arrived", "Family arrived"),
                        ],
                        max_length=16,
                        verbose_name="after",
                    ),
                ),
                ("offset_days", models.SmallIntegerField(default=0, verbose_name="days after")),
                (
                    "only_for_family",
                    models.BooleanField(default=False, verbose_name="only when family joins"),
                ),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
                ("source", models.CharField(max_length=250, verbose_name="source")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("official", "official"),
                            ("press", "from the press"),
                            ("derived", "calculated"),
                            ("memory", "not verified"),
                            ("mixed", "partly verified"),
                            ("unknown", "unknown"),
                            ("illustrative", "illustrative"),
                        ],
                        max_length=12,
                        verbose_name="certainty",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
            ],
            options={
                "verbose_name": "mention",
                "verbose_name_plural": "mentions",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="MentionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("agreed", "Corporation agrees"),
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("signed", "Contract signed"),
                            ("moved_in", "Moved in"),
                            ("registered", "Registered (BRP)"),
                            ("signed_off", "Signed off by COA"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("proposed_on", models.DateField(verbose_name="proposed on")),
                (
                    "ended_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="ended on"
                    ),
                ),
                (
                    "ahead_of_family",
                    models.BooleanField(
                        default=False, verbose_name="ahead of the family who follow"
                    ),
                ),
                ("kept", models.JSONField(default=dict)),
                (
                    "judgement",
                    models.CharField(
                        blank=True,
                        choices=[("justified", "Justified"), ("unjustified", "Not justified")],
                        max_length=12,
                        verbose_name="judgement of COA",
                    ),
                ),
                ("judged_on", models.DateField(blank=True, null=True, verbose_name="judged on")),
                (
                    "consequence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new_dwelling", "Another dwelling is looked for"),
                            ("accepts", "The household accepts after all"),
                            ("reception_ends", "Reception by COA ends"),
                        ],
                        max_length=16,
                        verbose_name="consequence",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ["-proposed_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ProposalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("agreed", "Corporation agrees"),
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("signed", "Contract signed"),
                            ("moved_in", "Moved in"),
                            ("registered", "Registered (BRP)"),
                            ("signed_off", "Signed off by COA"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("proposed_on", models.DateField(verbose_name="proposed on")),
                (
                    "ended_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="ended on"
                    ),
                ),
                (
                    "ahead_of_family",
                    models.BooleanField(
                        default=False, verbose_name="ahead of the family who follow"
                    ),
                ),
                ("kept", models.JSONField(default=dict)),
                (
                    "judgement",
                    models.CharField(
                        blank=True,
                        choices=[("justified", "Justified"), ("unjustified", "Not justified")],
                        max_length=12,
                        verbose_name="judgement of COA",
                    ),
                ),
                ("judged_on", models.DateField(blank=True, null=True, verbose_name="judged on")),
                (
                    "consequence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new_dwelling", "Another dwelling is looked for"),
                            ("accepts", "The household accepts after all"),
                            ("reception_ends", "Reception by COA ends"),
                        ],
                        max_length=16,
                        verbose_name="consequence",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RefusalReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(unique=True, verbose_name="code")),
                ("label_nl", models.CharField(max_length=120, verbose_name="label in Dutch")),
                ("label_en", models.CharField(max_length=120, verbose_name="label in English")),
                (
                    "vera_code",
                    models.CharField(blank=True, max_length=40, verbose_name="VERA code"),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "owner",
                    models.CharField(
                        choices=[
                            ("household", "Household"),
                            ("corporation", "Corporation"),
                            ("municipality", "Municipality"),
                            ("coa", "COA"),
                        ],
                        max_length=12,
                        verbose_name="who said no",
                    ),
                ),
            ],
            options={
                "verbose_name": "reason for refusal",
                "verbose_name_plural": "reasons for refusal",
                "ordering": ["label_nl"],
            },
        ),
        migrations.CreateModel(
            name="RefusalReasonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("code", models.SlugField(db_index=False, verbose_name="code")),
                ("label_nl", models.CharField(max_length=120, verbose_name="label in Dutch")),
                ("label_en", models.CharField(max_length=120, verbose_name="label in English")),
                (
                    "vera_code",
                    models.CharField(blank=True, max_length=40, verbose_name="VERA code"),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "owner",
                    models.CharField(
                        choices=[
                            ("household", "Household"),
                            ("corporation", "Corporation"),
                            ("municipality", "Municipality"),
                            ("coa", "COA"),
                        ],
                        max_length=12,
                        verbose_name="who said no",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReunionFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mvv_applied", "Entry permit (mvv) applied for"),
                            ("mvv_granted", "Entry permit (mvv) granted"),
                            ("mvv_refused", "Entry permit (mvv) refused"),
                            ("travel_planned", "Travel planned"),
                            ("arrived", "Arrived"),
                            ("joined", "Joined the household"),
                            ("lapsed", "Does not come any more"),
                        ],
                        max_length=16,
                        verbose_name="what",
                    ),
                ),
                ("on", models.DateField(verbose_name="on")),
                (
                    "expected_on",
                    models.DateField(blank=True, null=True, verbose_name="expected on"),
                ),
                ("at", models.DateTimeField(verbose_name="told at")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "verbose_name": "fact about reunification",
                "verbose_name_plural": "facts about reunification",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SharingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "couple_shares",
                    models.BooleanField(default=True, verbose_name="a couple shares a bedroom"),
                ),
                (
                    "same_sex_below",
                    models.PositiveSmallIntegerField(
                        verbose_name="brothers, or sisters, share below the age of"
                    ),
                ),
                (
                    "any_sex_below",
                    models.PositiveSmallIntegerField(
                        verbose_name="a brother and a sister share below the age of"
                    ),
                ),
                (
                    "max_per_room",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="most children in a bedroom"
                    ),
                ),
                (
                    "unknown_age_as_adult",
                    models.BooleanField(
                        default=True, verbose_name="a child of unknown age has a bedroom alone"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
                ("source", models.CharField(max_length=250, verbose_name="source")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("official", "official"),
                            ("press", "from the press"),
                            ("derived", "calculated"),
                            ("memory", "not verified"),
                            ("mixed", "partly verified"),
                            ("unknown", "unknown"),
                            ("illustrative", "illustrative"),
                        ],
                        max_length=12,
                        verbose_name="certainty",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule for sharing bedrooms",
                "verbose_name_plural": "rules for sharing bedrooms",
                "ordering": ["valid_from"],
            },
        ),
        migrations.CreateModel(
            name="SharingRuleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "couple_shares",
                    models.BooleanField(default=True, verbose_name="a couple shares a bedroom"),
                ),
                (
                    "same_sex_below",
                    models.PositiveSmallIntegerField(
                        verbose_name="brothers, or sisters, share below the age of"
                    ),
                ),
                (
                    "any_sex_below",
                    models.PositiveSmallIntegerField(
                        verbose_name="a brother and a sister share below the age of"
                    ),
                ),
                (
                    "max_per_room",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="most children in a bedroom"
                    ),
                ),
                (
                    "unknown_age_as_adult",
                    models.BooleanField(
                        default=True, verbose_name="a child of unknown age has a bedroom alone"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
                ("source", models.CharField(max_length=250, verbose_name="source")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("official", "official"),
                            ("press", "from the press"),
                            ("derived", "calculated"),
                            ("memory", "not verified"),
                            ("mixed", "partly verified"),
                            ("unknown", "unknown"),
                            ("illustrative", "illustrative"),
                        ],
                        max_length=12,
                        verbose_name="certainty",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Stay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "verbose_name": "stay",
                "verbose_name_plural": "stays",
                "ordering": ["starts_on"],
            },
        ),
        migrations.CreateModel(
            name="StayEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TaskLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("nonce", models.CharField(max_length=32, unique=True)),
                ("secret_hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="used at")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
                ),
            ],
            options={
                "verbose_name": "link to confirm",
                "verbose_name_plural": "links to confirm",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="TaskLinkEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("nonce", models.CharField(max_length=32)),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="used at")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
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
                pgtrigger.migrations.RemoveTrigger(
                    model_name="vacancy",
                    name="state_transitions",
                ),
                migrations.AddField(
                    model_name="case",
                    name="bedrooms_by_hand",
                    field=models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="bedrooms needed, by hand"
                    ),
                ),
                migrations.AddField(
                    model_name="case",
                    name="bedrooms_later",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="bedrooms needed with the family who follow",
                    ),
                ),
                migrations.AddField(
                    model_name="case",
                    name="bedrooms_now",
                    field=models.PositiveSmallIntegerField(
                        blank=True, editable=False, null=True, verbose_name="bedrooms needed now"
                    ),
                ),
                migrations.AddField(
                    model_name="case",
                    name="by_hand_for",
                    field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="case",
                    name="guidance",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guided_cases",
                        to="partners.organisation",
                        verbose_name="guided by",
                    ),
                ),
                migrations.AddField(
                    model_name="case",
                    name="handler",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handled by",
                    ),
                ),
                migrations.AddField(
                    model_name="case",
                    name="merged_into",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
                    model_name="case",
                    name="split_from",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
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
                            ("refusal_review", "Refusal judged by COA"),
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
                migrations.AddField(
                    model_name="case",
                    name="status_since",
                    field=models.DateField(editable=False, null=True, verbose_name="since"),
                ),
                migrations.AddField(
                    model_name="caseevent",
                    name="bedrooms_by_hand",
                    field=models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="bedrooms needed, by hand"
                    ),
                ),
                migrations.AddField(
                    model_name="caseevent",
                    name="bedrooms_later",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="bedrooms needed with the family who follow",
                    ),
                ),
                migrations.AddField(
                    model_name="caseevent",
                    name="bedrooms_now",
                    field=models.PositiveSmallIntegerField(
                        blank=True, editable=False, null=True, verbose_name="bedrooms needed now"
                    ),
                ),
                migrations.AddField(
                    model_name="caseevent",
                    name="by_hand_for",
                    field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="caseevent",
                    name="guidance",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="guided by",
                    ),
                ),
                migrations.AddField(
                    model_name="caseevent",
                    name="handler",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handled by",
                    ),
                ),
                migrations.AddField(
                    model_name="caseevent",
                    name="merged_into",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
                    model_name="caseevent",
                    name="split_from",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
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
                            ("refusal_review", "Refusal judged by COA"),
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
                migrations.AddField(
                    model_name="caseevent",
                    name="status_since",
                    field=models.DateField(editable=False, null=True, verbose_name="since"),
                ),
                migrations.AddField(
                    model_name="person",
                    name="left_because",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("died", "Died"),
                            ("moved", "Moved out"),
                            ("unknown", "Left without telling where to"),
                        ],
                        max_length=10,
                        verbose_name="left because",
                    ),
                ),
                migrations.AddField(
                    model_name="person",
                    name="left_on",
                    field=models.DateField(
                        blank=True, null=True, verbose_name="left the household on"
                    ),
                ),
                migrations.AddField(
                    model_name="person",
                    name="relation",
                    field=models.CharField(
                        choices=[
                            ("holder", "Holder"),
                            ("partner", "Partner"),
                            ("child", "Child"),
                            ("other", "Other adult"),
                        ],
                        default="holder",
                        max_length=8,
                        verbose_name="relation",
                    ),
                ),
                migrations.AddField(
                    model_name="person",
                    name="reunion",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("mvv_applied", "Entry permit (mvv) applied for"),
                            ("mvv_granted", "Entry permit (mvv) granted"),
                            ("mvv_refused", "Entry permit (mvv) refused"),
                            ("travel_planned", "Travel planned"),
                            ("arrived", "Arrived"),
                            ("joined", "Joined the household"),
                            ("lapsed", "Does not come any more"),
                        ],
                        editable=False,
                        max_length=16,
                        verbose_name="reunification",
                    ),
                ),
                migrations.AddField(
                    model_name="person",
                    name="sex",
                    field=models.CharField(
                        blank=True,
                        choices=[("f", "Girl"), ("m", "Boy")],
                        max_length=1,
                        verbose_name="girl or boy",
                    ),
                ),
                migrations.AddField(
                    model_name="personevent",
                    name="left_because",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("died", "Died"),
                            ("moved", "Moved out"),
                            ("unknown", "Left without telling where to"),
                        ],
                        max_length=10,
                        verbose_name="left because",
                    ),
                ),
                migrations.AddField(
                    model_name="personevent",
                    name="left_on",
                    field=models.DateField(
                        blank=True, null=True, verbose_name="left the household on"
                    ),
                ),
                migrations.AddField(
                    model_name="personevent",
                    name="relation",
                    field=models.CharField(
                        choices=[
                            ("holder", "Holder"),
                            ("partner", "Partner"),
                            ("child", "Child"),
                            ("other", "Other adult"),
                        ],
                        default="holder",
                        max_length=8,
                        verbose_name="relation",
                    ),
                ),
                migrations.AddField(
                    model_name="personevent",
                    name="reunion",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("mvv_applied", "Entry permit (mvv) applied for"),
                            ("mvv_granted", "Entry permit (mvv) granted"),
                            ("mvv_refused", "Entry permit (mvv) refused"),
                            ("travel_planned", "Travel planned"),
                            ("arrived", "Arrived"),
                            ("joined", "Joined the household"),
                            ("lapsed", "Does not come any more"),
                        ],
                        editable=False,
                        max_length=16,
                        verbose_name="reunification",
                    ),
                ),
                migrations.AddField(
                    model_name="personevent",
                    name="sex",
                    field=models.CharField(
                        blank=True,
                        choices=[("f", "Girl"), ("m", "Boy")],
                        max_length=1,
                        verbose_name="girl or boy",
                    ),
                ),
                migrations.AlterField(
                    model_name="case",
                    name="linked_municipality",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="linked_cases",
                        to="partners.municipality",
                        verbose_name="linked municipality",
                    ),
                ),
                migrations.AlterField(
                    model_name="caseevent",
                    name="linked_municipality",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.municipality",
                        verbose_name="linked municipality",
                    ),
                ),
                migrations.AlterField(
                    model_name="person",
                    name="counted_on",
                    field=models.DateField(
                        blank=True, editable=False, null=True, verbose_name="counted on"
                    ),
                ),
                migrations.AlterField(
                    model_name="person",
                    name="credited_municipality",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credited_persons",
                        to="partners.municipality",
                        verbose_name="counts for",
                    ),
                ),
                migrations.AlterField(
                    model_name="personevent",
                    name="counted_on",
                    field=models.DateField(
                        blank=True, editable=False, null=True, verbose_name="counted on"
                    ),
                ),
                migrations.AlterField(
                    model_name="personevent",
                    name="credited_municipality",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.municipality",
                        verbose_name="counts for",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "accepted",
                                    "agreed",
                                    "contract_signed",
                                    "in_preparation",
                                    "linked",
                                    "moved_in",
                                    "offered",
                                    "on_hold",
                                    "proposed",
                                    "refusal_review",
                                    "registered",
                                ],
                            )
                        ),
                        fields=["linked_on", "id"],
                        name="case_list_open",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(fields=["linked_on", "id"], name="case_list_linked"),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        fields=["status", "linked_on", "id"], name="case_list_status"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="case",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_caseevent" ("bedrooms_by_hand", "bedrooms_later", "bedrooms_now", "by_hand_for", "guidance_id", "handler_id", "id", "illustrative", "linked_municipality_id", "linked_on", "merged_into_id", "permit_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "region_id", "split_from_id", "status", "status_since", "unlinked_on") VALUES (NEW."bedrooms_by_hand", NEW."bedrooms_later", NEW."bedrooms_now", NEW."by_hand_for", NEW."guidance_id", NEW."handler_id", NEW."id", NEW."illustrative", NEW."linked_municipality_id", NEW."linked_on", NEW."merged_into_id", NEW."permit_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."region_id", NEW."split_from_id", NEW."status", NEW."status_since", NEW."unlinked_on"); RETURN NULL;',
                            hash="f1e9c89e4d298aa28468ebb4ca9bacdac9b6def3",
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
                            func='INSERT INTO "housing_caseevent" ("bedrooms_by_hand", "bedrooms_later", "bedrooms_now", "by_hand_for", "guidance_id", "handler_id", "id", "illustrative", "linked_municipality_id", "linked_on", "merged_into_id", "permit_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "region_id", "split_from_id", "status", "status_since", "unlinked_on") VALUES (NEW."bedrooms_by_hand", NEW."bedrooms_later", NEW."bedrooms_now", NEW."by_hand_for", NEW."guidance_id", NEW."handler_id", NEW."id", NEW."illustrative", NEW."linked_municipality_id", NEW."linked_on", NEW."merged_into_id", NEW."permit_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."region_id", NEW."split_from_id", NEW."status", NEW."status_since", NEW."unlinked_on"); RETURN NULL;',
                            hash="dc19d58769b5caf454892807909a51332f57c82f",
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
                            func='INSERT INTO "housing_caseevent" ("bedrooms_by_hand", "bedrooms_later", "bedrooms_now", "by_hand_for", "guidance_id", "handler_id", "id", "illustrative", "linked_municipality_id", "linked_on", "merged_into_id", "permit_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "region_id", "split_from_id", "status", "status_since", "unlinked_on") VALUES (OLD."bedrooms_by_hand", OLD."bedrooms_later", OLD."bedrooms_now", OLD."by_hand_for", OLD."guidance_id", OLD."handler_id", OLD."id", OLD."illustrative", OLD."linked_municipality_id", OLD."linked_on", OLD."merged_into_id", OLD."permit_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."region_id", OLD."split_from_id", OLD."status", OLD."status_since", OLD."unlinked_on"); RETURN NULL;',
                            hash="5c6ab704904bccfa5aba5d9705ce847440a0d306",
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
                            func='\n                INSERT INTO "housing_caseevent"\n                    ("id", "region_id", "reference", "linked_municipality_id", "linked_on", "permit_on", "unlinked_on", "status", "status_since", "handler_id", "guidance_id", "bedrooms_now", "bedrooms_later", "bedrooms_by_hand", "by_hand_for", "split_from_id", "merged_into_id", "illustrative", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "region_id", "reference", "linked_municipality_id", "linked_on", "permit_on", "unlinked_on", "status", "status_since", "handler_id", "guidance_id", "bedrooms_now", "bedrooms_later", "bedrooms_by_hand", "by_hand_for", "split_from_id", "merged_into_id", "illustrative", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_case";\n                RETURN NULL;\n            ',
                            hash="6c07df20beaeb9b37a51e6bef9efccbcb1f03962",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_f9523",
                            table="housing_case",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="person",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_personevent" ("arrived_on", "case_id", "category", "counted_on", "credited_municipality_id", "expected_on", "id", "left_because", "left_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "reunion", "sex") VALUES (NEW."arrived_on", NEW."case_id", NEW."category", NEW."counted_on", NEW."credited_municipality_id", NEW."expected_on", NEW."id", NEW."left_because", NEW."left_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."relation", NEW."reunion", NEW."sex"); RETURN NULL;',
                            hash="b7895da1ee65e687fa9b723e0a76ca19aba10e56",
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
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "housing_personevent" ("arrived_on", "case_id", "category", "counted_on", "credited_municipality_id", "expected_on", "id", "left_because", "left_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "reunion", "sex") VALUES (NEW."arrived_on", NEW."case_id", NEW."category", NEW."counted_on", NEW."credited_municipality_id", NEW."expected_on", NEW."id", NEW."left_because", NEW."left_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."relation", NEW."reunion", NEW."sex"); RETURN NULL;',
                            hash="9236ed2eda0b4bb44c696c77aa3e1c5ba3ba95c6",
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
                            func='INSERT INTO "housing_personevent" ("arrived_on", "case_id", "category", "counted_on", "credited_municipality_id", "expected_on", "id", "left_because", "left_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "reunion", "sex") VALUES (OLD."arrived_on", OLD."case_id", OLD."category", OLD."counted_on", OLD."credited_municipality_id", OLD."expected_on", OLD."id", OLD."left_because", OLD."left_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."relation", OLD."reunion", OLD."sex"); RETURN NULL;',
                            hash="dc1e11cd68d22aefea68ad0929119a3a3d026b65",
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
                            func='\n                INSERT INTO "housing_personevent"\n                    ("id", "case_id", "category", "relation", "sex", "reunion", "expected_on", "arrived_on", "left_on", "left_because", "counted_on", "credited_municipality_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "case_id", "category", "relation", "sex", "reunion", "expected_on", "arrived_on", "left_on", "left_because", "counted_on", "credited_municipality_id", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_person";\n                RETURN NULL;\n            ',
                            hash="dd488122ad52ba5d055be14a21ad308079b39602",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_f0727",
                            table="housing_person",
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
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{announced:available,announced:reserved,announced:withdrawn,available:let_regular,available:reserved,available:withdrawn,reserved:available,reserved:let_permit,reserved:withdrawn,let_permit:reserved}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="00cfc685544b30eccdb6a8ad04c5e757b0094e56",
                            operation="UPDATE",
                            pgid="pgtrigger_state_transitions_4316c",
                            table="housing_vacancy",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("linked_on__isnull", True),
                            ("linked_on__gte", models.F("permit_on")),
                            _connector="OR",
                        ),
                        name="case_permit_before_link",
                        violation_error_message="The end lies before the beginning.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "accepted",
                                    "agreed",
                                    "closed",
                                    "contract_signed",
                                    "in_preparation",
                                    "linked",
                                    "moved_in",
                                    "offered",
                                    "on_hold",
                                    "proposed",
                                    "refusal_review",
                                    "registered",
                                    "relinked",
                                    "signed_off",
                                    "unlinked",
                                ],
                            )
                        ),
                        name="case_status_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("bedrooms_by_hand__isnull", True),
                            models.Q(("bedrooms_by_hand__gte", 1), ("bedrooms_by_hand__lte", 20)),
                            _connector="OR",
                        ),
                        name="case_bedrooms_positive",
                        violation_error_message="A household needs 1 to 20 bedrooms.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(("merged_into", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="case_not_merged_into_itself",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("relation__in", ["child", "holder", "other", "partner"])
                        ),
                        name="person_relation_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("sex__in", ["", "f", "m"])),
                        name="person_sex_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reunion__in",
                                [
                                    "",
                                    "arrived",
                                    "joined",
                                    "lapsed",
                                    "mvv_applied",
                                    "mvv_granted",
                                    "mvv_refused",
                                    "travel_planned",
                                ],
                            )
                        ),
                        name="person_reunion_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("left_because__in", ["", "died", "moved", "unknown"])),
                        name="person_departure_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("sex", ""), ("relation", "child"), _connector="OR"),
                        name="person_sex_of_children_only",
                        violation_error_message="This is asked of children only.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_because", ""), ("left_on__isnull", True)),
                            models.Q(
                                ("left_on__isnull", False),
                                models.Q(("left_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="person_left_with_reason",
                        violation_error_message="Who left has a day and a reason.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("reunion", ""), ("category", "reunifier"), _connector="OR"
                        ),
                        name="person_only_reunifiers_follow",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="accommodationtype",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "certainty__in",
                                [
                                    "derived",
                                    "illustrative",
                                    "memory",
                                    "mixed",
                                    "official",
                                    "press",
                                    "unknown",
                                ],
                            )
                        ),
                        name="accommodation_certainty_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="accommodationtype",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="accommodation_period_in_order",
                        violation_error_message="The end lies before the beginning.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accommodationtype",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_accommodationtypeevent" ("certainty", "code", "id", "label_en", "label_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regular", "source", "valid_from", "valid_to") VALUES (NEW."certainty", NEW."code", NEW."id", NEW."label_en", NEW."label_nl", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."regular", NEW."source", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                            hash="35827895d5c186d39aeec4d8c8cf18a7b43f3742",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e59ee",
                            table="housing_accommodationtype",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accommodationtype",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "housing_accommodationtypeevent" ("certainty", "code", "id", "label_en", "label_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regular", "source", "valid_from", "valid_to") VALUES (NEW."certainty", NEW."code", NEW."id", NEW."label_en", NEW."label_nl", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."regular", NEW."source", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                            hash="0434141c088cbe2a43175dd19dc6bf5627ab73e3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_94933",
                            table="housing_accommodationtype",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accommodationtype",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_accommodationtypeevent" ("certainty", "code", "id", "label_en", "label_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "regular", "source", "valid_from", "valid_to") VALUES (OLD."certainty", OLD."code", OLD."id", OLD."label_en", OLD."label_nl", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."regular", OLD."source", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                            hash="2d694569055eb2998fb22d35f82251f1214869b9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_62d36",
                            table="housing_accommodationtype",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accommodationtype",
                    trigger=pgtrigger.compiler.Trigger(
                        name="truncate_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                INSERT INTO "housing_accommodationtypeevent"\n                    ("id", "code", "label_nl", "label_en", "regular", "valid_from", "valid_to", "source", "certainty", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "code", "label_nl", "label_en", "regular", "valid_from", "valid_to", "source", "certainty", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_accommodationtype";\n                RETURN NULL;\n            ',
                            hash="f5ad04eadd41998c18e90d637a1b34288e9045ab",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_fc455",
                            table="housing_accommodationtype",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="accommodationtypeevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="accommodationtypeevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="housing.accommodationtype",
                    ),
                ),
                migrations.AddField(
                    model_name="caseneed",
                    name="case",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needs",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
                    model_name="caseneedevent",
                    name="case",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
                    model_name="caseneedevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="caseneedevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="housing.caseneed",
                    ),
                ),
                migrations.AddField(
                    model_name="casenote",
                    name="by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="casenote",
                    name="case",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
                    model_name="casenoteevent",
                    name="by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="casenoteevent",
                    name="case",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
                    model_name="casenoteevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="casenoteevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="housing.casenote",
                    ),
                ),
                migrations.AddField(
                    model_name="casepreference",
                    name="case",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preferences",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
                    model_name="casepreference",
                    name="village",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.village",
                        verbose_name="village",
                    ),
                ),
                migrations.AddField(
                    model_name="casepreferenceevent",
                    name="case",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
                    model_name="casepreferenceevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="casepreferenceevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="housing.casepreference",
                    ),
                ),
                migrations.AddField(
                    model_name="casepreferenceevent",
                    name="village",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.village",
                        verbose_name="village",
                    ),
                ),
                migrations.AddField(
                    model_name="casestep",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="casestep",
                    name="case",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
                    model_name="casestep",
                    name="undoes",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="housing.casestep",
                    ),
                ),
                migrations.AddField(
                    model_name="counting",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="counting",
                    name="municipality",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.municipality",
                        verbose_name="counts for",
                    ),
                ),
                migrations.AddField(
                    model_name="counting",
                    name="person",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countings",
                        to="housing.person",
                    ),
                ),
                migrations.AddField(
                    model_name="counting",
                    name="reverses",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="housing.counting",
                    ),
                ),
                migrations.AddField(
                    model_name="counting",
                    name="step",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countings",
                        to="housing.casestep",
                    ),
                ),
                migrations.AddField(
                    model_name="countingrule",
                    name="accommodation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules",
                        to="housing.accommodationtype",
                    ),
                ),
                migrations.AddField(
                    model_name="counting",
                    name="rule",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="housing.countingrule",
                    ),
                ),
                migrations.AddField(
                    model_name="countingruleevent",
                    name="accommodation",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.accommodationtype",
                    ),
                ),
                migrations.AddField(
                    model_name="countingruleevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="countingruleevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="housing.countingrule",
                    ),
                ),
                migrations.AddField(
                    model_name="dwellingcheck",
                    name="approved_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="dwellingcheck",
                    name="person",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dwelling_check",
                        to="housing.person",
                    ),
                ),
                migrations.AddField(
                    model_name="dwellingcheck",
                    name="tenancy",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="housing.tenancy",
                    ),
                ),
                migrations.AddField(
                    model_name="dwellingcheckevent",
                    name="approved_by",
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
                migrations.AddField(
                    model_name="dwellingcheckevent",
                    name="person",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.person",
                    ),
                ),
                migrations.AddField(
                    model_name="dwellingcheckevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="dwellingcheckevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="housing.dwellingcheck",
                    ),
                ),
                migrations.AddField(
                    model_name="dwellingcheckevent",
                    name="tenancy",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.tenancy",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="functionalneed",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="need_period_in_order",
                        violation_error_message="The end lies before the beginning.",
                    ),
                ),
                migrations.AddField(
                    model_name="caseneedevent",
                    name="need",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.functionalneed",
                        verbose_name="need",
                    ),
                ),
                migrations.AddField(
                    model_name="caseneed",
                    name="need",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="housing.functionalneed",
                        verbose_name="need",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="functionalneed",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_functionalneedevent" ("code", "id", "label_en", "label_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to", "vera_code") VALUES (NEW."code", NEW."id", NEW."label_en", NEW."label_nl", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."valid_from", NEW."valid_to", NEW."vera_code"); RETURN NULL;',
                            hash="8ab83ef3884203ade914471736c608fcd9a682cd",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7a140",
                            table="housing_functionalneed",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="functionalneed",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "housing_functionalneedevent" ("code", "id", "label_en", "label_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to", "vera_code") VALUES (NEW."code", NEW."id", NEW."label_en", NEW."label_nl", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."valid_from", NEW."valid_to", NEW."vera_code"); RETURN NULL;',
                            hash="c2d8ca7a6dbb0342074293a1968716bbe3e21197",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ac3ee",
                            table="housing_functionalneed",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="functionalneed",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_functionalneedevent" ("code", "id", "label_en", "label_nl", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to", "vera_code") VALUES (OLD."code", OLD."id", OLD."label_en", OLD."label_nl", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."valid_from", OLD."valid_to", OLD."vera_code"); RETURN NULL;',
                            hash="7267c2c0df0dbac062ed4b986019ed0fa85126fe",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7c662",
                            table="housing_functionalneed",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="functionalneed",
                    trigger=pgtrigger.compiler.Trigger(
                        name="truncate_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                INSERT INTO "housing_functionalneedevent"\n                    ("id", "code", "label_nl", "label_en", "vera_code", "source", "valid_from", "valid_to", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "code", "label_nl", "label_en", "vera_code", "source", "valid_from", "valid_to", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_functionalneed";\n                RETURN NULL;\n            ',
                            hash="9a0991a86878b919d9f7723f347b6cf4f6f9fd90",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_03aac",
                            table="housing_functionalneed",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="functionalneedevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="functionalneedevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="housing.functionalneed",
                    ),
                ),
                migrations.AddField(
                    model_name="guidancetask",
                    name="case",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidance_tasks",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
                    model_name="guidancetask",
                    name="done_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="guidancetask",
                    name="owner",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidance_tasks",
                        to="partners.organisation",
                        verbose_name="done by",
                    ),
                ),
                migrations.AddField(
                    model_name="guidancetaskevent",
                    name="case",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
                    model_name="guidancetaskevent",
                    name="done_by",
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
                migrations.AddField(
                    model_name="guidancetaskevent",
                    name="owner",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.organisation",
                        verbose_name="done by",
                    ),
                ),
                migrations.AddField(
                    model_name="guidancetaskevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="guidancetaskevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="housing.guidancetask",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidancetemplate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "owner_kind__in",
                                [
                                    "coa",
                                    "corporation",
                                    "guidance",
                                    "municipality",
                                    "province",
                                    "regional_office",
                                    "tenants",
                                ],
                            )
                        ),
                        name="guidance_owner_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidancetemplate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "event__in",
                                [
                                    "arrived",
                                    "contract_signed",
                                    "moved_in",
                                    "registered",
                                    "signed_off",
                                    "tenancy_start",
                                ],
                            )
                        ),
                        name="guidance_event_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidancetemplate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "certainty__in",
                                [
                                    "derived",
                                    "illustrative",
                                    "memory",
                                    "mixed",
                                    "official",
                                    "press",
                                    "unknown",
                                ],
                            )
                        ),
                        name="guidance_certainty_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidancetemplate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="guidance_period_in_order",
                        violation_error_message="The end lies before the beginning.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidancetemplate",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("code", "="),
                            (
                                westerkwartier.web.models.DateRange(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                ),
                                "&&",
                            ),
                        ],
                        name="guidance_one_at_a_time",
                        violation_error_message="Another task with this code already holds in this period.",
                    ),
                ),
                migrations.AddField(
                    model_name="guidancetaskevent",
                    name="template",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.guidancetemplate",
                    ),
                ),
                migrations.AddField(
                    model_name="guidancetask",
                    name="template",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="housing.guidancetemplate",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidancetemplate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_guidancetemplateevent" ("certainty", "code", "event", "id", "label_en", "label_nl", "offset_days", "only_for_family", "owner_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to") VALUES (NEW."certainty", NEW."code", NEW."event", NEW."id", NEW."label_en", NEW."label_nl", NEW."offset_days", NEW."only_for_family", NEW."owner_kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                            hash="e641b81c6b6ee3d507bd0d7cb69786c844383b49",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b4739",
                            table="housing_guidancetemplate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidancetemplate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "housing_guidancetemplateevent" ("certainty", "code", "event", "id", "label_en", "label_nl", "offset_days", "only_for_family", "owner_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to") VALUES (NEW."certainty", NEW."code", NEW."event", NEW."id", NEW."label_en", NEW."label_nl", NEW."offset_days", NEW."only_for_family", NEW."owner_kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                            hash="f66d595b25e21706e71dc7a0b97c5fd8172b6f41",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e208f",
                            table="housing_guidancetemplate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidancetemplate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_guidancetemplateevent" ("certainty", "code", "event", "id", "label_en", "label_nl", "offset_days", "only_for_family", "owner_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to") VALUES (OLD."certainty", OLD."code", OLD."event", OLD."id", OLD."label_en", OLD."label_nl", OLD."offset_days", OLD."only_for_family", OLD."owner_kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                            hash="eb95ed0b927c3ba4275986ed43d432a00c8c1237",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4cf6d",
                            table="housing_guidancetemplate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidancetemplate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="truncate_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                INSERT INTO "housing_guidancetemplateevent"\n                    ("id", "code", "label_nl", "label_en", "owner_kind", "event", "offset_days", "only_for_family", "valid_from", "valid_to", "source", "certainty", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "code", "label_nl", "label_en", "owner_kind", "event", "offset_days", "only_for_family", "valid_from", "valid_to", "source", "certainty", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_guidancetemplate";\n                RETURN NULL;\n            ',
                            hash="3bf1b833e9b248ef266e4daeae0465d43a2bcbd3",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_7d934",
                            table="housing_guidancetemplate",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="guidancetemplateevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="guidancetemplateevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="housing.guidancetemplate",
                    ),
                ),
                migrations.AddField(
                    model_name="mention",
                    name="note",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="housing.casenote",
                    ),
                ),
                migrations.AddField(
                    model_name="mention",
                    name="user",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="mentionevent",
                    name="note",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.casenote",
                    ),
                ),
                migrations.AddField(
                    model_name="mentionevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="mentionevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="housing.mention",
                    ),
                ),
                migrations.AddField(
                    model_name="mentionevent",
                    name="user",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="proposal",
                    name="case",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
                    model_name="proposal",
                    name="vacancy",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="housing.vacancy",
                    ),
                ),
                migrations.AddField(
                    model_name="casestep",
                    name="proposal",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="housing.proposal",
                    ),
                ),
                migrations.AddField(
                    model_name="proposalevent",
                    name="case",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
                    model_name="proposalevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="proposalevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="housing.proposal",
                    ),
                ),
                migrations.AddField(
                    model_name="proposalevent",
                    name="vacancy",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.vacancy",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="refusalreason",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("owner__in", ["coa", "corporation", "household", "municipality"])
                        ),
                        name="refusal_owner_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="refusalreason",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="refusal_period_in_order",
                        violation_error_message="The end lies before the beginning.",
                    ),
                ),
                migrations.AddField(
                    model_name="proposalevent",
                    name="refusal_reason",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.refusalreason",
                        verbose_name="reason for refusal",
                    ),
                ),
                migrations.AddField(
                    model_name="proposal",
                    name="refusal_reason",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="housing.refusalreason",
                        verbose_name="reason for refusal",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="refusalreason",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_refusalreasonevent" ("code", "id", "label_en", "label_nl", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to", "vera_code") VALUES (NEW."code", NEW."id", NEW."label_en", NEW."label_nl", NEW."owner", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."valid_from", NEW."valid_to", NEW."vera_code"); RETURN NULL;',
                            hash="d1bc210d815694a93fc728b28ecab51168207202",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9c373",
                            table="housing_refusalreason",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="refusalreason",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "housing_refusalreasonevent" ("code", "id", "label_en", "label_nl", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to", "vera_code") VALUES (NEW."code", NEW."id", NEW."label_en", NEW."label_nl", NEW."owner", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."valid_from", NEW."valid_to", NEW."vera_code"); RETURN NULL;',
                            hash="99fb5254209b8d92d8f992b5007d46295fe7e73c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6dfc5",
                            table="housing_refusalreason",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="refusalreason",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_refusalreasonevent" ("code", "id", "label_en", "label_nl", "owner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to", "vera_code") VALUES (OLD."code", OLD."id", OLD."label_en", OLD."label_nl", OLD."owner", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."valid_from", OLD."valid_to", OLD."vera_code"); RETURN NULL;',
                            hash="091d3a5d67c77b7945b841cacc3ffbe39958decb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f2c4e",
                            table="housing_refusalreason",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="refusalreason",
                    trigger=pgtrigger.compiler.Trigger(
                        name="truncate_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                INSERT INTO "housing_refusalreasonevent"\n                    ("id", "code", "label_nl", "label_en", "vera_code", "source", "valid_from", "valid_to", "owner", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "code", "label_nl", "label_en", "vera_code", "source", "valid_from", "valid_to", "owner", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_refusalreason";\n                RETURN NULL;\n            ',
                            hash="a18de7176c9d30aee98098ab7c2aaa660520cbec",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_baeca",
                            table="housing_refusalreason",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="refusalreasonevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="refusalreasonevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="housing.refusalreason",
                    ),
                ),
                migrations.AddField(
                    model_name="reunionfact",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="reunionfact",
                    name="person",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reunion_facts",
                        to="housing.person",
                    ),
                ),
                migrations.AddField(
                    model_name="reunionfact",
                    name="undoes",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="housing.reunionfact",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sharingrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "certainty__in",
                                [
                                    "derived",
                                    "illustrative",
                                    "memory",
                                    "mixed",
                                    "official",
                                    "press",
                                    "unknown",
                                ],
                            )
                        ),
                        name="sharing_certainty_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sharingrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="sharing_period_in_order",
                        violation_error_message="The end lies before the beginning.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sharingrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("any_sex_below__lte", models.F("same_sex_below")),
                            ("max_per_room__gte", 1),
                        ),
                        name="sharing_ages_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sharingrule",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                westerkwartier.web.models.DateRange(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                ),
                                "&&",
                            )
                        ],
                        name="sharing_one_rule_at_a_time",
                        violation_error_message="Another rule already holds in this period.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sharingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_sharingruleevent" ("any_sex_below", "certainty", "couple_shares", "id", "max_per_room", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "same_sex_below", "source", "unknown_age_as_adult", "valid_from", "valid_to") VALUES (NEW."any_sex_below", NEW."certainty", NEW."couple_shares", NEW."id", NEW."max_per_room", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."same_sex_below", NEW."source", NEW."unknown_age_as_adult", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                            hash="93187079ad493717e57934dd41bbcb64e2d21038",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_edf27",
                            table="housing_sharingrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sharingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "housing_sharingruleevent" ("any_sex_below", "certainty", "couple_shares", "id", "max_per_room", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "same_sex_below", "source", "unknown_age_as_adult", "valid_from", "valid_to") VALUES (NEW."any_sex_below", NEW."certainty", NEW."couple_shares", NEW."id", NEW."max_per_room", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."same_sex_below", NEW."source", NEW."unknown_age_as_adult", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                            hash="84f8c29760a3c1f7e4afe79682340dcef6aa68ca",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4ebeb",
                            table="housing_sharingrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sharingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_sharingruleevent" ("any_sex_below", "certainty", "couple_shares", "id", "max_per_room", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "same_sex_below", "source", "unknown_age_as_adult", "valid_from", "valid_to") VALUES (OLD."any_sex_below", OLD."certainty", OLD."couple_shares", OLD."id", OLD."max_per_room", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."same_sex_below", OLD."source", OLD."unknown_age_as_adult", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                            hash="2a86d860d92d5d9b84443492bc9002779d5b49d8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_578fc",
                            table="housing_sharingrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sharingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="truncate_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                INSERT INTO "housing_sharingruleevent"\n                    ("id", "couple_shares", "same_sex_below", "any_sex_below", "max_per_room", "unknown_age_as_adult", "valid_from", "valid_to", "source", "certainty", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "couple_shares", "same_sex_below", "any_sex_below", "max_per_room", "unknown_age_as_adult", "valid_from", "valid_to", "source", "certainty", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_sharingrule";\n                RETURN NULL;\n            ',
                            hash="7cbefe4ab91bde697d14e3619193e0d1931007d2",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_f0a15",
                            table="housing_sharingrule",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="sharingruleevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="sharingruleevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="housing.sharingrule",
                    ),
                ),
                migrations.AddField(
                    model_name="stay",
                    name="accommodation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="housing.accommodationtype",
                    ),
                ),
                migrations.AddField(
                    model_name="stay",
                    name="case",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stays",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
                    model_name="stay",
                    name="municipality",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.municipality",
                        verbose_name="municipality",
                    ),
                ),
                migrations.AddField(
                    model_name="stayevent",
                    name="accommodation",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.accommodationtype",
                    ),
                ),
                migrations.AddField(
                    model_name="stayevent",
                    name="case",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.case",
                    ),
                ),
                migrations.AddField(
                    model_name="stayevent",
                    name="municipality",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="partners.municipality",
                        verbose_name="municipality",
                    ),
                ),
                migrations.AddField(
                    model_name="stayevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="stayevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="housing.stay",
                    ),
                ),
                migrations.AddField(
                    model_name="tasklink",
                    name="made_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="tasklink",
                    name="task",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="housing.guidancetask",
                    ),
                ),
                migrations.AddField(
                    model_name="tasklinkevent",
                    name="made_by",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="tasklinkevent",
                    name="pgh_context",
                    field=models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                migrations.AddField(
                    model_name="tasklinkevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="housing.tasklink",
                    ),
                ),
                migrations.AddField(
                    model_name="tasklinkevent",
                    name="task",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="housing.guidancetask",
                    ),
                ),
                migrations.AddIndex(
                    model_name="casenote",
                    index=models.Index(fields=["case", "-id"], name="note_of_case"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="casenote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_casenoteevent" ("at", "by_id", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "withdrawn_at") VALUES (NEW."at", NEW."by_id", NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."withdrawn_at"); RETURN NULL;',
                            hash="6f2d838748503bb53dc999073ff0708fcf7f48f5",
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
                            func='INSERT INTO "housing_casenoteevent" ("at", "by_id", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "withdrawn_at") VALUES (NEW."at", NEW."by_id", NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."withdrawn_at"); RETURN NULL;',
                            hash="1eb3e11fb0d1b237a33b54dff4ced3abf29f3552",
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
                            func='INSERT INTO "housing_casenoteevent" ("at", "by_id", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "withdrawn_at") VALUES (OLD."at", OLD."by_id", OLD."case_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."withdrawn_at"); RETURN NULL;',
                            hash="b4c6cc0f4019efb71000c4c168071956328581b5",
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
                            func='\n                INSERT INTO "housing_casenoteevent"\n                    ("id", "case_id", "by_id", "at", "withdrawn_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "case_id", "by_id", "at", "withdrawn_at", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_casenote";\n                RETURN NULL;\n            ',
                            hash="1838127925950b4273efb7b5694b4a27367fd9da",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_78b5a",
                            table="housing_casenote",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casepreference",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("reason__in", ["family", "school", "treatment", "work"])
                        ),
                        name="preference_reason_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casepreference",
                    constraint=models.UniqueConstraint(
                        fields=("case", "reason", "village"), name="case_preference_once"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="casepreference",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_casepreferenceevent" ("case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "village_id") VALUES (NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."village_id"); RETURN NULL;',
                            hash="9d5588b619af1deb4fcca42e2fa48e286fb66f30",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_57721",
                            table="housing_casepreference",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="casepreference",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "housing_casepreferenceevent" ("case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "village_id") VALUES (NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."village_id"); RETURN NULL;',
                            hash="86ec03302b00ed83b461018dc6b0d0d064b0088b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c8669",
                            table="housing_casepreference",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="casepreference",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_casepreferenceevent" ("case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "village_id") VALUES (OLD."case_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."village_id"); RETURN NULL;',
                            hash="cf808343c008a923964568884992c0af61555f37",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8a1aa",
                            table="housing_casepreference",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="casepreference",
                    trigger=pgtrigger.compiler.Trigger(
                        name="truncate_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                INSERT INTO "housing_casepreferenceevent"\n                    ("id", "case_id", "reason", "village_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "case_id", "reason", "village_id", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_casepreference";\n                RETURN NULL;\n            ',
                            hash="06a7df0ba017a8cfebd0383c3edc2876be4187b0",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_4cacb",
                            table="housing_casepreference",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="countingrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("category__in", ["family", "holder", "minor", "reunifier"])
                        ),
                        name="counting_category_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="countingrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("from_event__in", ["arrived", "moved_in", "none", "signed_off"])
                        ),
                        name="counting_event_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="countingrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("credited_to__in", ["housed", "linked", "none"])),
                        name="counting_credit_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="countingrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "certainty__in",
                                [
                                    "derived",
                                    "illustrative",
                                    "memory",
                                    "mixed",
                                    "official",
                                    "press",
                                    "unknown",
                                ],
                            )
                        ),
                        name="counting_certainty_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="countingrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="counting_period_in_order",
                        violation_error_message="The end lies before the beginning.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="countingrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("credited_to", "none"), ("from_event", "none")),
                            models.Q(
                                models.Q(("from_event", "none"), _negated=True),
                                models.Q(("credited_to", "none"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="counting_event_and_credit_together",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="countingrule",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("category", "="),
                            ("accommodation", "="),
                            (
                                westerkwartier.web.models.DateRange(
                                    models.F("valid_from"),
                                    models.F("valid_to"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                ),
                                "&&",
                            ),
                        ],
                        name="counting_one_rule_at_a_time",
                        violation_error_message="Another rule already holds in this period.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_countingruleevent" ("accommodation_id", "category", "certainty", "credited_to", "from_event", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to") VALUES (NEW."accommodation_id", NEW."category", NEW."certainty", NEW."credited_to", NEW."from_event", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                            hash="7dfaca051809e8d52eb45895d61d4c8167e05ae8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_41d5a",
                            table="housing_countingrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "housing_countingruleevent" ("accommodation_id", "category", "certainty", "credited_to", "from_event", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to") VALUES (NEW."accommodation_id", NEW."category", NEW."certainty", NEW."credited_to", NEW."from_event", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."valid_from", NEW."valid_to"); RETURN NULL;',
                            hash="1fd0dcefea63e9ff2e139b7c165e97dc39f96b61",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a8626",
                            table="housing_countingrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_countingruleevent" ("accommodation_id", "category", "certainty", "credited_to", "from_event", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "valid_to") VALUES (OLD."accommodation_id", OLD."category", OLD."certainty", OLD."credited_to", OLD."from_event", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."valid_from", OLD."valid_to"); RETURN NULL;',
                            hash="127da8d3d70650e3e38e4917a74f819d42402e22",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_976df",
                            table="housing_countingrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countingrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="truncate_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                INSERT INTO "housing_countingruleevent"\n                    ("id", "category", "accommodation_id", "from_event", "credited_to", "valid_from", "valid_to", "source", "certainty", "note", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "category", "accommodation_id", "from_event", "credited_to", "valid_from", "valid_to", "source", "certainty", "note", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_countingrule";\n                RETURN NULL;\n            ',
                            hash="d26b1ec8f73008ead7bb88457c1b43637d0b2e64",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_db173",
                            table="housing_countingrule",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="counting",
                    index=models.Index(fields=["person", "-id"], name="counting_newest"),
                ),
                migrations.AddConstraint(
                    model_name="counting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "",
                                    "sign_off_withdrawn",
                                    "step_undone",
                                    "twice",
                                    "wrong_date",
                                    "wrong_municipality",
                                ],
                            )
                        ),
                        name="correction_reason_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="counting",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), ("reverses__isnull", True)),
                            models.Q(
                                ("reverses__isnull", False), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="counting_reversal_has_reason",
                        violation_error_message="A correction has a reason.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="counting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="32ef6753c1d5109ca9a2a371f7686f415b7f8a90",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b334e",
                            table="housing_counting",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="counting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="6f88f05897e9b746d8b7ba0be2f06749a348ee95",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_7283d",
                            table="housing_counting",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dwellingcheck",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_by__isnull", True), ("approved_on__isnull", True)),
                            models.Q(
                                ("approved_by__isnull", False), ("approved_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="check_approved_who_and_when",
                        violation_error_message="An approval has a day and a name.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dwellingcheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_dwellingcheckevent" ("approved_by_id", "approved_on", "id", "mvv", "number_present", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered", "tenancy_id") VALUES (NEW."approved_by_id", NEW."approved_on", NEW."id", NEW."mvv", NEW."number_present", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."registered", NEW."tenancy_id"); RETURN NULL;',
                            hash="1f5ff62c53b622668e40d376bb8ac8cbe1be7731",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_57e83",
                            table="housing_dwellingcheck",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dwellingcheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "housing_dwellingcheckevent" ("approved_by_id", "approved_on", "id", "mvv", "number_present", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered", "tenancy_id") VALUES (NEW."approved_by_id", NEW."approved_on", NEW."id", NEW."mvv", NEW."number_present", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."registered", NEW."tenancy_id"); RETURN NULL;',
                            hash="8f59bcd0327ab0061d5a8f987885eb2dc708b0a8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cfe73",
                            table="housing_dwellingcheck",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dwellingcheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_dwellingcheckevent" ("approved_by_id", "approved_on", "id", "mvv", "number_present", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "registered", "tenancy_id") VALUES (OLD."approved_by_id", OLD."approved_on", OLD."id", OLD."mvv", OLD."number_present", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."registered", OLD."tenancy_id"); RETURN NULL;',
                            hash="4613e96a02df64822c60cfd7550f51587f760aea",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_964e2",
                            table="housing_dwellingcheck",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dwellingcheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="truncate_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                INSERT INTO "housing_dwellingcheckevent"\n                    ("id", "person_id", "tenancy_id", "approved_on", "approved_by_id", "registered", "number_present", "mvv", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "person_id", "tenancy_id", "approved_on", "approved_by_id", "registered", "number_present", "mvv", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_dwellingcheck";\n                RETURN NULL;\n            ',
                            hash="1cee948caf9288469d8f21b83a3d251d8b0b0986",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_1e789",
                            table="housing_dwellingcheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="caseneed",
                    constraint=models.UniqueConstraint(
                        fields=("case", "need"), name="case_need_once"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="caseneed",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_caseneedevent" ("case_id", "id", "need_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."case_id", NEW."id", NEW."need_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="7f02374ec00f93ea12902156363b856b9f616131",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d812a",
                            table="housing_caseneed",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="caseneed",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "housing_caseneedevent" ("case_id", "id", "need_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."case_id", NEW."id", NEW."need_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="f1e084421d4e2f66c888adefc1c8a57701829e03",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f98e5",
                            table="housing_caseneed",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="caseneed",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_caseneedevent" ("case_id", "id", "need_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."case_id", OLD."id", OLD."need_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="28bf04547ba941686e5154d2d009ae4a26cb3c4b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a57d2",
                            table="housing_caseneed",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="caseneed",
                    trigger=pgtrigger.compiler.Trigger(
                        name="truncate_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                INSERT INTO "housing_caseneedevent"\n                    ("id", "case_id", "need_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "case_id", "need_id", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_caseneed";\n                RETURN NULL;\n            ',
                            hash="c4db78d79dd23b6b599d4daa06aa8e9c57a00549",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_473a9",
                            table="housing_caseneed",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="guidancetask",
                    index=models.Index(
                        condition=models.Q(("cancelled_on", None), ("done_on", None)),
                        fields=["owner", "due_on"],
                        name="guidance_task_due",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidancetask",
                    constraint=models.UniqueConstraint(
                        fields=("case", "template", "round"), name="guidance_task_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidancetask",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_by_link", False),
                                ("done_by__isnull", True),
                                ("done_on__isnull", True),
                            ),
                            models.Q(
                                ("confirmed_by_link", False),
                                ("done_by__isnull", False),
                                ("done_on__isnull", False),
                            ),
                            models.Q(
                                ("confirmed_by_link", True),
                                ("done_by__isnull", True),
                                ("done_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="guidance_task_done_by_whom",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="guidancetask",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("done_on__isnull", True),
                            ("cancelled_on__isnull", True),
                            _connector="OR",
                        ),
                        name="guidance_task_done_or_cancelled",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidancetask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_guidancetaskevent" ("cancelled_on", "case_id", "confirmed_by_link", "done_by_id", "done_on", "due_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round", "template_id") VALUES (NEW."cancelled_on", NEW."case_id", NEW."confirmed_by_link", NEW."done_by_id", NEW."done_on", NEW."due_on", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."round", NEW."template_id"); RETURN NULL;',
                            hash="9c689c4fcf88ec5ee117d16191d67f3ae21fc415",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e89b7",
                            table="housing_guidancetask",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidancetask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "housing_guidancetaskevent" ("cancelled_on", "case_id", "confirmed_by_link", "done_by_id", "done_on", "due_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round", "template_id") VALUES (NEW."cancelled_on", NEW."case_id", NEW."confirmed_by_link", NEW."done_by_id", NEW."done_on", NEW."due_on", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."round", NEW."template_id"); RETURN NULL;',
                            hash="eb6477ca45fff9c2cbf978b3d4e247a5fbcb088a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a375a",
                            table="housing_guidancetask",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidancetask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_guidancetaskevent" ("cancelled_on", "case_id", "confirmed_by_link", "done_by_id", "done_on", "due_on", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round", "template_id") VALUES (OLD."cancelled_on", OLD."case_id", OLD."confirmed_by_link", OLD."done_by_id", OLD."done_on", OLD."due_on", OLD."id", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."round", OLD."template_id"); RETURN NULL;',
                            hash="97f235b3248a88601fb03e4b6d8c45dc4b7f8b60",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_88bf9",
                            table="housing_guidancetask",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="guidancetask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="truncate_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                INSERT INTO "housing_guidancetaskevent"\n                    ("id", "case_id", "template_id", "round", "owner_id", "due_on", "done_on", "done_by_id", "confirmed_by_link", "cancelled_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "case_id", "template_id", "round", "owner_id", "due_on", "done_on", "done_by_id", "confirmed_by_link", "cancelled_on", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_guidancetask";\n                RETURN NULL;\n            ',
                            hash="e003982d9b6eef5a36009123eb7a9af4f41d527a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_738b8",
                            table="housing_guidancetask",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="mention",
                    index=models.Index(
                        condition=models.Q(("read_at", None)),
                        fields=["user"],
                        name="mention_unread",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mention",
                    constraint=models.UniqueConstraint(
                        fields=("note", "user"), name="mention_once"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mention",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_mentionevent" ("id", "note_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "user_id") VALUES (NEW."id", NEW."note_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."read_at", NEW."user_id"); RETURN NULL;',
                            hash="3ec8403a44cb33b684325f065c70b4b85b8146c0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ad5f6",
                            table="housing_mention",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mention",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "housing_mentionevent" ("id", "note_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "user_id") VALUES (NEW."id", NEW."note_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."read_at", NEW."user_id"); RETURN NULL;',
                            hash="84ea7af8a931c8e16732bfe7137179bcb8081d2f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e657b",
                            table="housing_mention",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mention",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_mentionevent" ("id", "note_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "user_id") VALUES (OLD."id", OLD."note_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."read_at", OLD."user_id"); RETURN NULL;',
                            hash="e981c4f3fb06b27478c631989f1576072c36db0a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_36f59",
                            table="housing_mention",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mention",
                    trigger=pgtrigger.compiler.Trigger(
                        name="truncate_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                INSERT INTO "housing_mentionevent"\n                    ("id", "note_id", "user_id", "read_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "note_id", "user_id", "read_at", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_mention";\n                RETURN NULL;\n            ',
                            hash="cc6f21a295867397455592a980e2a92ca5d82a59",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_ba68c",
                            table="housing_mention",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="casestep",
                    index=models.Index(fields=["case", "-id"], name="step_newest"),
                ),
                migrations.AddIndex(
                    model_name="casestep",
                    index=models.Index(fields=["proposal", "id"], name="step_of_proposal"),
                ),
                migrations.AddConstraint(
                    model_name="casestep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "code__in",
                                [
                                    "accept",
                                    "agree",
                                    "birth",
                                    "change_link",
                                    "close",
                                    "correct_count",
                                    "decline",
                                    "depart",
                                    "hold",
                                    "join",
                                    "judge",
                                    "link",
                                    "lodge",
                                    "merge",
                                    "move_in",
                                    "no_dwelling",
                                    "offer",
                                    "prepare",
                                    "propose",
                                    "refuse",
                                    "register",
                                    "relink",
                                    "resume",
                                    "sign",
                                    "sign_off",
                                    "sign_off_joined",
                                    "split",
                                    "stay",
                                    "undo",
                                    "unlink",
                                    "withdraw",
                                ],
                            )
                        ),
                        name="step_code_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casestep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "",
                                    "awaits_care",
                                    "awaits_coa",
                                    "awaits_family",
                                    "coa_error",
                                    "deceased",
                                    "elsewhere",
                                    "joined_family",
                                    "left",
                                    "merged",
                                    "permit_withdrawn",
                                    "reception_ended",
                                    "self_housed",
                                ],
                            )
                        ),
                        name="step_reason_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casestep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status_before__in",
                                [
                                    "accepted",
                                    "agreed",
                                    "closed",
                                    "contract_signed",
                                    "in_preparation",
                                    "linked",
                                    "moved_in",
                                    "offered",
                                    "on_hold",
                                    "proposed",
                                    "refusal_review",
                                    "registered",
                                    "relinked",
                                    "signed_off",
                                    "unlinked",
                                ],
                            )
                        ),
                        name="step_before_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casestep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status_after__in",
                                [
                                    "accepted",
                                    "agreed",
                                    "closed",
                                    "contract_signed",
                                    "in_preparation",
                                    "linked",
                                    "moved_in",
                                    "offered",
                                    "on_hold",
                                    "proposed",
                                    "refusal_review",
                                    "registered",
                                    "relinked",
                                    "signed_off",
                                    "unlinked",
                                ],
                            )
                        ),
                        name="step_after_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casestep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "proposal_before__in",
                                [
                                    "",
                                    "accepted",
                                    "agreed",
                                    "moved_in",
                                    "offered",
                                    "proposed",
                                    "refused",
                                    "registered",
                                    "signed",
                                    "signed_off",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="step_proposal_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casestep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", "undo"), ("undoes__isnull", False)),
                            models.Q(
                                models.Q(("code", "undo"), _negated=True), ("undoes__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="step_undo_names_what",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casestep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", "undo"), _negated=True),
                            models.Q(("remark", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="step_undo_has_reason",
                        violation_error_message="Say why this step is taken back.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casestep",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "code__in",
                                    [
                                        "accept",
                                        "agree",
                                        "birth",
                                        "change_link",
                                        "close",
                                        "correct_count",
                                        "decline",
                                        "depart",
                                        "join",
                                        "judge",
                                        "link",
                                        "lodge",
                                        "merge",
                                        "move_in",
                                        "no_dwelling",
                                        "offer",
                                        "prepare",
                                        "propose",
                                        "refuse",
                                        "register",
                                        "resume",
                                        "sign",
                                        "sign_off",
                                        "sign_off_joined",
                                        "split",
                                        "stay",
                                        "undo",
                                        "withdraw",
                                    ],
                                ),
                                ("reason", ""),
                            ),
                            models.Q(
                                ("code", "hold"),
                                ("reason__in", ["awaits_care", "awaits_coa", "awaits_family"]),
                            ),
                            models.Q(
                                ("code", "unlink"),
                                (
                                    "reason__in",
                                    [
                                        "coa_error",
                                        "deceased",
                                        "joined_family",
                                        "left",
                                        "merged",
                                        "permit_withdrawn",
                                        "reception_ended",
                                        "self_housed",
                                    ],
                                ),
                            ),
                            models.Q(("code", "relink"), ("reason__in", ["elsewhere"])),
                            _connector="OR",
                        ),
                        name="step_reason_goes_with_it",
                        violation_error_message="Choose a reason that goes with this step.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="casestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7fa4ac612d01101022d55ba50d07f9ed69ff1661",
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
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="3e42952b5b4f545ce52e852fab348d60c1d05721",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_d427f",
                            table="housing_casestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="proposal",
                    index=models.Index(fields=["case", "-proposed_on"], name="proposal_of_case"),
                ),
                migrations.AddIndex(
                    model_name="proposal",
                    index=models.Index(
                        fields=["vacancy", "-proposed_on"], name="proposal_of_vacancy"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "accepted",
                                    "agreed",
                                    "moved_in",
                                    "offered",
                                    "proposed",
                                    "refused",
                                    "registered",
                                    "signed",
                                    "signed_off",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="proposal_state_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("judgement__in", ["", "justified", "unjustified"])),
                        name="proposal_judgement_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("consequence__in", ["", "accepts", "new_dwelling", "reception_ends"])
                        ),
                        name="proposal_consequence_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("proposed_on")),
                            _connector="OR",
                        ),
                        name="proposal_dates_in_order",
                        violation_error_message="The end lies before the beginning.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "accepted",
                                    "agreed",
                                    "moved_in",
                                    "offered",
                                    "proposed",
                                    "registered",
                                    "signed",
                                ],
                            )
                        ),
                        fields=("vacancy",),
                        name="proposal_one_live_per_vacancy",
                        violation_error_message="This dwelling has already been proposed to somebody.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "accepted",
                                    "agreed",
                                    "moved_in",
                                    "offered",
                                    "proposed",
                                    "registered",
                                    "signed",
                                ],
                            )
                        ),
                        fields=("case",),
                        name="proposal_one_live_per_case",
                        violation_error_message="This household already has a proposal under way.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("consequence", ""), ("judged_on__isnull", True), ("judgement", "")
                            ),
                            models.Q(
                                models.Q(("judgement", ""), _negated=True),
                                ("judged_on__isnull", False),
                                models.Q(("consequence", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_judgement_complete",
                        violation_error_message="A judgement has a day and a consequence.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("judgement", ""), ("state", "refused"), _connector="OR"
                        ),
                        name="proposal_only_refusals_are_judged",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_proposalevent" ("ahead_of_family", "case_id", "consequence", "ended_on", "id", "judged_on", "judgement", "kept", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_on", "refusal_reason_id", "state", "vacancy_id") VALUES (NEW."ahead_of_family", NEW."case_id", NEW."consequence", NEW."ended_on", NEW."id", NEW."judged_on", NEW."judgement", NEW."kept", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_on", NEW."refusal_reason_id", NEW."state", NEW."vacancy_id"); RETURN NULL;',
                            hash="15378fbf0cecf930f7f5fecff15aad84263a43a9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d21ec",
                            table="housing_proposal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "housing_proposalevent" ("ahead_of_family", "case_id", "consequence", "ended_on", "id", "judged_on", "judgement", "kept", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_on", "refusal_reason_id", "state", "vacancy_id") VALUES (NEW."ahead_of_family", NEW."case_id", NEW."consequence", NEW."ended_on", NEW."id", NEW."judged_on", NEW."judgement", NEW."kept", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_on", NEW."refusal_reason_id", NEW."state", NEW."vacancy_id"); RETURN NULL;',
                            hash="8369029e0124918584207cc2fd9ae8aaa32b3e97",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d196b",
                            table="housing_proposal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_proposalevent" ("ahead_of_family", "case_id", "consequence", "ended_on", "id", "judged_on", "judgement", "kept", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_on", "refusal_reason_id", "state", "vacancy_id") VALUES (OLD."ahead_of_family", OLD."case_id", OLD."consequence", OLD."ended_on", OLD."id", OLD."judged_on", OLD."judgement", OLD."kept", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_on", OLD."refusal_reason_id", OLD."state", OLD."vacancy_id"); RETURN NULL;',
                            hash="64ccab79b03129b480f59dd74c279812ba3ead1b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_32756",
                            table="housing_proposal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="truncate_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                INSERT INTO "housing_proposalevent"\n                    ("id", "case_id", "vacancy_id", "state", "proposed_on", "ended_on", "ahead_of_family", "kept", "refusal_reason_id", "judgement", "judged_on", "consequence", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "case_id", "vacancy_id", "state", "proposed_on", "ended_on", "ahead_of_family", "kept", "refusal_reason_id", "judgement", "judged_on", "consequence", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_proposal";\n                RETURN NULL;\n            ',
                            hash="cabae71befa3e4f791e0b0721dbe03b3c1ff3b91",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_0a88d",
                            table="housing_proposal",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="reunionfact",
                    index=models.Index(fields=["person", "-id"], name="reunion_newest"),
                ),
                migrations.AddConstraint(
                    model_name="reunionfact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "",
                                    "arrived",
                                    "joined",
                                    "lapsed",
                                    "mvv_applied",
                                    "mvv_granted",
                                    "mvv_refused",
                                    "travel_planned",
                                ],
                            )
                        ),
                        name="reunion_fact_known",
                        violation_error_message="This value is not one of the choices.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reunionfact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", ""), _negated=True),
                            ("undoes__isnull", False),
                            _connector="OR",
                        ),
                        name="reunion_fact_empty_only_when_undoing",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reunionfact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="de84079d1e40bcf4754403783d04ed9375dd1a75",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a84db",
                            table="housing_reunionfact",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reunionfact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="no_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
                            hash="9a10b969ce539e619f700f5dc42d610cf41f38eb",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_no_truncate_0b069",
                            table="housing_reunionfact",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stay",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="stay_in_order",
                        violation_error_message="The end lies before the beginning.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stay",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("case", "="),
                            (
                                westerkwartier.web.models.DateRange(
                                    models.F("starts_on"),
                                    models.F("ends_on"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                ),
                                "&&",
                            ),
                        ],
                        name="stay_one_at_a_time",
                        violation_error_message="This household already stays somewhere in this period.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stay",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_stayevent" ("accommodation_id", "case_id", "ends_on", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."accommodation_id", NEW."case_id", NEW."ends_on", NEW."id", NEW."municipality_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;',
                            hash="da29d3be9698e63e13607dfc0078bf7fd8e2c89d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_65e03",
                            table="housing_stay",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stay",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "housing_stayevent" ("accommodation_id", "case_id", "ends_on", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."accommodation_id", NEW."case_id", NEW."ends_on", NEW."id", NEW."municipality_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;',
                            hash="bc0a4e5ea2be05d83866c84604de1f018ecb87ee",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_562c5",
                            table="housing_stay",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stay",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_stayevent" ("accommodation_id", "case_id", "ends_on", "id", "municipality_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (OLD."accommodation_id", OLD."case_id", OLD."ends_on", OLD."id", OLD."municipality_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_on"); RETURN NULL;',
                            hash="0389595885416cbbfa43837496cc9fe62d160da6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ab336",
                            table="housing_stay",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stay",
                    trigger=pgtrigger.compiler.Trigger(
                        name="truncate_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                INSERT INTO "housing_stayevent"\n                    ("id", "case_id", "accommodation_id", "municipality_id", "starts_on", "ends_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "case_id", "accommodation_id", "municipality_id", "starts_on", "ends_on", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_stay";\n                RETURN NULL;\n            ',
                            hash="3e42eabd3ca821655ca069a062f4c45f40fa9322",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_c47d1",
                            table="housing_stay",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="tasklink",
                    index=models.Index(
                        condition=models.Q(("sent_at", None), ("used_at", None)),
                        fields=["made_at"],
                        name="task_link_due",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tasklink",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at__isnull", True),
                            ("expires_at__gte", models.F("made_at")),
                            _connector="OR",
                        ),
                        name="task_link_in_order",
                        violation_error_message="The end lies before the beginning.",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tasklink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_tasklinkevent" ("email", "expires_at", "id", "made_at", "made_by_id", "nonce", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "task_id", "used_at", "withdrawn_at") VALUES (NEW."email", NEW."expires_at", NEW."id", NEW."made_at", NEW."made_by_id", NEW."nonce", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sent_at", NEW."task_id", NEW."used_at", NEW."withdrawn_at"); RETURN NULL;',
                            hash="6fd10473c6608df0c1817e98c0a9b42fa7c1ea33",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d7a22",
                            table="housing_tasklink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tasklink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."nonce" IS DISTINCT FROM (NEW."nonce") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."task_id" IS DISTINCT FROM (NEW."task_id") OR OLD."used_at" IS DISTINCT FROM (NEW."used_at") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                            func='INSERT INTO "housing_tasklinkevent" ("email", "expires_at", "id", "made_at", "made_by_id", "nonce", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "task_id", "used_at", "withdrawn_at") VALUES (NEW."email", NEW."expires_at", NEW."id", NEW."made_at", NEW."made_by_id", NEW."nonce", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sent_at", NEW."task_id", NEW."used_at", NEW."withdrawn_at"); RETURN NULL;',
                            hash="8dc1ecadc47fee3ce285e86595aebfec0e43842d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_75101",
                            table="housing_tasklink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tasklink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "housing_tasklinkevent" ("email", "expires_at", "id", "made_at", "made_by_id", "nonce", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "task_id", "used_at", "withdrawn_at") VALUES (OLD."email", OLD."expires_at", OLD."id", OLD."made_at", OLD."made_by_id", OLD."nonce", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sent_at", OLD."task_id", OLD."used_at", OLD."withdrawn_at"); RETURN NULL;',
                            hash="8806c4431aaec22184cae6a88e33d8fd4e661018",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b166a",
                            table="housing_tasklink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tasklink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="truncate_truncate",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='\n                INSERT INTO "housing_tasklinkevent"\n                    ("id", "task_id", "email", "nonce", "made_at", "made_by_id", "expires_at", "sent_at", "used_at", "withdrawn_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")\n                SELECT "id", "task_id", "email", "nonce", "made_at", "made_by_id", "expires_at", "sent_at", "used_at", "withdrawn_at", NOW(), \'truncate\', "id",\n                    _pgh_attach_context()\n                FROM "housing_tasklink";\n                RETURN NULL;\n            ',
                            hash="7a0aac99c457cc88bfb64bd3ecb7349de75aa602",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_truncate_truncate_597e3",
                            table="housing_tasklink",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
