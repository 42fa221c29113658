"""A table whose cells are segments for translation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock
from wagtail_localize.segments import StringSegmentValue


class TableBlock(WagtailTableBlock):
    """Rows of plain text, the first of them the header.

    Value: ``{data: [[text]], first_row_is_table_header, first_col_is_header, table_caption}``.
    Wagtail-localize passes over Wagtail's own table block; so the cells and the caption are named
    to it here, at the paths ``caption`` and ``<row>.<column>``.
    """

    def get_translatable_segments(self, value: dict[str, Any] | None) -> list[StringSegmentValue]:
        """The caption and each cell that has text."""
        if not value:
            return []
        texts = [("caption", value.get("table_caption") or "")]
        texts += [
            (f"{row}.{column}", cell or "")
            for row, cells in enumerate(value.get("data") or [])
            for column, cell in enumerate(cells)
        ]
        return [StringSegmentValue(path, text) for path, text in texts if text]

    def restore_translated_segments(self, value: dict[str, Any], segments: list[Any]) -> dict[str, Any]:
        """The table with each segment's text in its place."""
        restored = value | {"data": [list(cells) for cells in value["data"]]}
        for segment in segments:
            text = segment.render_text() if hasattr(segment, "render_text") else segment.string.render_text()
            if segment.path == "caption":
                restored["table_caption"] = text
            else:
                row, column = (int(part) for part in segment.path.split("."))
                restored["data"][row][column] = text
        return restored

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A table with a caption; the first row is its header")
        template = "pages/blocks/table.html"
        preview_value = {
            "data": [["What", "Where"], ["Passport", "The police"]],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_caption": "Who does what",
        }
