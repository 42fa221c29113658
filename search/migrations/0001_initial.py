from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The full-text index, which each database has in its own way; search/backends/fulltext.py uses it.
CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_index USING fts5(title, alternative, summary, body, tokenize = 'ascii', prefix = '2 3 4')",
    ],
    "postgresql": [
        "CREATE TABLE search_index (page_id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
        "CREATE INDEX search_index_tokens ON search_index USING gin (tokens)",
    ],
}


def create_index(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_index")


class Migration(migrations.Migration):
    initial = True

    dependencies = [("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.CreateModel(
            name="SearchPending",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("page_id", models.BigIntegerField()),
                ("since", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="SearchRecord",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("type", models.CharField(max_length=20)),
                ("county", models.CharField(blank=True, max_length=2)),
                ("municipality", models.CharField(blank=True, max_length=4)),
                ("machine_translated", models.BooleanField(default=False)),
                ("text", models.TextField(blank=True)),
            ],
            options={"indexes": [models.Index(fields=["language", "type"], name="search_record_language")]},
        ),
        migrations.RunPython(create_index, drop_index),
    ]
