"""The doors of wagtail-localize's addresses: shut. The room, orders and files have addresses of their own."""

from __future__ import annotations

from cms.access.doors.rules import Rule, everybody, nobody

DOORS: dict[str, Rule] = {"wagtail_localize:javascript_catalog": everybody} | dict.fromkeys(
    (
        # Ordering and updating hang on one global right and publish without asking.
        "wagtail_localize:submit_page_translation",
        "wagtail_localize:submit_snippet_translation",
        "wagtail_localize:update_translations",
        # Its editor keeps no history, takes any number of any picture, and publishes past locks and moderation.
        "wagtail_localize:edit_string_translation",
        "wagtail_localize:edit_override",
        "wagtail_localize:preview_translation",
        # Files and machines without checks, and within the request.
        "wagtail_localize:download_pofile",
        "wagtail_localize:upload_pofile",
        "wagtail_localize:machine_translate",
        # Cuts the translation off from its source.
        "wagtail_localize:stop_translation",
        # This site has no alias pages.
        "wagtail_localize:convert_to_alias",
        # Show every county's pages to every editor.
        "wagtail_localize:translations_report",
        "wagtail_localize:translations_report_results",
        "wagtail_localize:snippets_api_listing",
        "wagtail_localize:snippets_api_detail",
    ),
    nobody,
)
