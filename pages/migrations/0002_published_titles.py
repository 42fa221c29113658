"""A published page shows its published title in lists: see ``BasePage.save_revision``."""

from __future__ import annotations

from django.db import migrations
from django.db.models import F


def show_published_titles(apps, schema_editor):
    page = apps.get_model("wagtailcore", "Page")
    page.objects.filter(live=True).exclude(draft_title=F("title")).update(draft_title=F("title"))


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial")]

    operations = [migrations.RunPython(show_published_titles, migrations.RunPython.noop, elidable=True)]
