from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("housing", "0002_initial")]

    operations = [
        # Django has no foreign key over two columns; this one keeps a tenancy's dwelling and that
        # of its vacancy the same, whoever writes.
        migrations.RunSQL(
            sql="""
                ALTER TABLE housing_tenancy ADD CONSTRAINT tenancy_of_the_vacated_dwelling
                FOREIGN KEY (vacancy_id, dwelling_id) REFERENCES housing_vacancy (id, dwelling_id)
                DEFERRABLE INITIALLY DEFERRED
            """,
            reverse_sql="""
                ALTER TABLE housing_tenancy DROP CONSTRAINT tenancy_of_the_vacated_dwelling
            """,
        ),
    ]
