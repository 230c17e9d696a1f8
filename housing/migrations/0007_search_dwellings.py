from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    """Looking for a word, and for what is vacant now, in a long register."""

    dependencies = [("housing", "0006_stock_rules")]

    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name="dwelling",
            index=GinIndex(
                OpClass(Upper("street"), name="gin_trgm_ops"), name="dwelling_search_street"
            ),
        ),
        migrations.AddIndex(
            model_name="dwelling",
            index=models.Index(
                OpClass(Upper("postcode"), name="text_pattern_ops"),
                name="dwelling_search_postcode",
            ),
        ),
        migrations.AddIndex(
            model_name="dwelling",
            index=models.Index(fields=["number"], name="dwelling_search_number"),
        ),
        migrations.AddIndex(
            model_name="vacancy",
            index=models.Index(
                fields=["-available_from", "-id"],
                condition=models.Q(("closed_on__isnull", True)),
                name="vacancy_list_open",
            ),
        ),
    ]
