"""An import that is killed is taken up where it was: no page half, nothing twice."""

from __future__ import annotations

import signal

import pytest

from tests.own_site import OwnSite

PAGES = 5
#: Pages with two texts each, and a confirmed file that translates them.
PREPARE = f"""
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from cms.translation.exchange.compare import compare
from cms.translation.exchange.importing import store
from cms.translation.exchange.service import read
from cms.translation.localize import units_of
from tests.factories import make_home, make_page, paragraphs
user = get_user_model().objects.create_superuser("k", "k@example.org")
make_home()
lines = ["id,language,target"]
for number in range({PAGES}):
    page = make_page(f"sida-{{number}}/", body=paragraphs("Text."))
    for unit in units_of(page.translation_key, "ar"):
        lines.append(f"{{page.translation_key}}#{{unit.id}},ar,نص")
kind, rows = read(SimpleUploadedFile("a.csv", "\\n".join(lines).encode()))
batch = store(compare(rows, user), user, "a.csv", kind)
batch.status = "confirmed"
batch.save()
"""
#: Says each page when it is written, and before it is kept.
CARRY_OUT = """
from django.db.models.signals import post_save
from cms.translation.exchange.importing import carry_out
from cms.translation.exchange.models import ImportBatch, ImportPart
def say(**more):
    print("page", flush=True)
    __import__("time").sleep(0.5)
post_save.connect(say, sender=ImportPart, weak=False)
carry_out(ImportBatch.objects.get())
"""


def _state(site: OwnSite) -> tuple[int, int, int, str]:
    """Pages that are done, texts written, entries in the audit log, the file's status."""
    counts = [
        site.rows(query)[0][0]
        for query in (
            "SELECT COUNT(*) FROM translation_exchange_importpart WHERE status = 'done'",
            "SELECT COUNT(*) FROM translation_textversion WHERE origin = 'import'",
            "SELECT COUNT(*) FROM access_auditentry WHERE event = 'imported'",
            "SELECT status FROM translation_exchange_importbatch",
        )
    ]
    return counts[0], counts[1], counts[2], counts[3]


@pytest.mark.timeout(300)
def test_killed_in_the_middle(own_site: OwnSite) -> None:
    own_site.manage("shell", "-c", PREPARE)
    assert _state(own_site) == (0, 0, 0, "confirmed")
    with own_site.start("shell", "-c", CARRY_OUT) as process:
        assert process.stdout is not None
        said = 0
        for line in process.stdout:
            said += line == "page\n"
            if said == 3:
                process.send_signal(signal.SIGKILL)
                break
    assert process.returncode == -signal.SIGKILL
    done, texts, entries, status = _state(own_site)
    # The third page was written, and not kept.
    assert (done, entries, status) == (2, 2, "confirmed")
    each = texts // 2
    assert each >= 2
    for _turn in range(2):
        own_site.manage("shell", "-c", CARRY_OUT)
        assert _state(own_site) == (PAGES, PAGES * each, PAGES, "done")
