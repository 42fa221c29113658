from __future__ import annotations

from django.db import migrations

# The full-text index holds tokens of another form now, and is filled by search_rebuild; until then the
# records of the version before find nothing. search/backends/fulltext.py uses it.
CREATE = {
    "sqlite": [
        "DROP TABLE search_index",
        "CREATE VIRTUAL TABLE search_index USING fts5(title, alternative, summary, body, tokenize = 'ascii', prefix = '5 6 7')",
    ],
    "postgresql": [
        "DROP TABLE search_index",
        "CREATE TABLE search_index (page_id bigint PRIMARY KEY, tokens tsvector NOT NULL, titles tsvector NOT NULL)",
        "CREATE INDEX search_index_tokens ON search_index USING gin (tokens)",
        "CREATE INDEX search_index_titles ON search_index USING gin (titles)",
    ],
}
DROP = {
    "sqlite": [
        "DROP TABLE search_index",
        "CREATE VIRTUAL TABLE search_index USING fts5(title, alternative, summary, body, tokenize = 'ascii', prefix = '2 3 4')",
    ],
    "postgresql": [
        "DROP TABLE search_index",
        "CREATE TABLE search_index (page_id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
        "CREATE INDEX search_index_tokens ON search_index USING gin (tokens)",
    ],
}


def create_index(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def restore_index(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.RenameModel("SearchPending", "SearchChange"),
        migrations.RunPython(create_index, restore_index),
    ]
