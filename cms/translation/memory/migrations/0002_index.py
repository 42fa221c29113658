from __future__ import annotations

from django.db import migrations

# What finds candidates, which each database has in its own way; cms/translation/memory/index.py uses it.
CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE translation_memory_words USING fts5(words, tokenize = 'ascii', detail = none, columnsize = 0)",
        "CREATE VIRTUAL TABLE translation_memory_frequencies USING fts5vocab('translation_memory_words', 'row')",
    ],
    "postgresql": [
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE INDEX translation_memory_trigrams ON translation_memory_memorysource USING gin (plain gin_trgm_ops)",
    ],
}
DROP = {
    "sqlite": ["DROP TABLE translation_memory_frequencies", "DROP TABLE translation_memory_words"],
    # The extension may serve others.
    "postgresql": ["DROP INDEX translation_memory_trigrams"],
}


def create_index(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("translation_memory", "0001_initial")]

    operations = [migrations.RunPython(create_index, drop_index)]
