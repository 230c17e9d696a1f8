"""A line that puts another right says which."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_imports")]

    operations = [
        migrations.AddField(
            model_name="measureresult",
            name="undoes",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="undone_by",
                to="partners.measureresult",
            ),
        ),
    ]
