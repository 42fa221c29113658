"""An import that is killed leaves nothing half."""

from __future__ import annotations

import signal

import pytest

from tests.content.conftest import MakeTree
from tests.content.samples import rich_tree
from tests.own_site import OwnSite


def _counts(site: OwnSite) -> tuple[int, int, int]:
    counts = [
        site.rows(f"SELECT COUNT(*) FROM {table}")[0][0]  # noqa: S608  (the names are below)
        for table in ("wagtailcore_page", "wagtailcore_revision", "wagtailimages_image")
    ]
    return counts[0], counts[1], counts[2]


@pytest.mark.timeout(300)
def test_killed_in_the_middle(make_tree: MakeTree, own_site: OwnSite) -> None:
    root = make_tree(rich_tree())
    before = _counts(own_site)
    with own_site.start("import_content", str(root), "--verbosity=2") as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("9 "):
                process.send_signal(signal.SIGKILL)
                break
    assert process.returncode == -signal.SIGKILL, said
    assert _counts(own_site) == before
    written = sorted(path.name for path in (own_site.var_dir / "media/original_images").iterdir())
    assert written == ["city.png", "door-skane.svg", "door.svg"]
    own_site.manage("import_content", str(root))
    # The files that were left over are used, so their names are what they would have been.
    assert sorted(path.name for path in (own_site.var_dir / "media/original_images").iterdir()) == written
    after = _counts(own_site)
    assert after[1:] == (before[1] + 13, before[2] + 3)
    own_site.manage("import_content", str(root))
    assert _counts(own_site) == after
