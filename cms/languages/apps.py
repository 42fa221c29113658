from __future__ import annotations

from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "cms.languages"
    label = "languages"

    def ready(self) -> None:
        from django.conf.locale import LANG_INFO

        from cms.languages import checks  # noqa: F401  (registers the system checks)
        from cms.languages.django import lang_info

        LANG_INFO.update(lang_info())
