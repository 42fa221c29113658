from __future__ import annotations

from django.db import migrations, models

# The full-text index, which each database has in its own way; search/backends/fulltext.py uses it.
CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_drafts_index USING fts5(title, alternative, summary, body, tokenize = 'ascii', prefix = '5 6 7')",
    ],
    "postgresql": [
        "CREATE TABLE search_drafts_index (page_id bigint PRIMARY KEY, tokens tsvector NOT NULL, titles tsvector NOT NULL)",
        "CREATE INDEX search_drafts_index_tokens ON search_drafts_index USING gin (tokens)",
    ],
}


def create_index(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_drafts_index")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DraftRecord",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("page_id", models.BigIntegerField(db_index=True)),
                ("language", models.CharField(max_length=10)),
                ("live", models.BooleanField()),
                ("summary", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("stamp", models.CharField(max_length=24)),
                ("version", models.PositiveSmallIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["version"], name="search_drafts_version")]},
        ),
        migrations.RunPython(create_index, drop_index),
    ]
