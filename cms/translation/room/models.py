"""What is said about the texts of a translation while it is worked on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SegmentComment(models.Model):
    """A remark on a text. ``source_hash`` says which version of the original it was about."""

    record = models.ForeignKey(
        "translation.TranslationRecord", on_delete=models.CASCADE, related_name="segment_comments"
    )
    #: The place in the page: a path of field and block ids.
    path = models.TextField()
    source_hash = models.CharField(max_length=16)
    text = models.TextField(_("comment"), max_length=2000)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    resolved = models.BooleanField(_("resolved"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("comment on a text")
        verbose_name_plural = _("comments on texts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Dismissal(models.Model):
    """A warning that a person has looked at and found to be none, and why.

    ``check_key`` names the check and the text that it was about: another text is warned about again.
    """

    record = models.ForeignKey("translation.TranslationRecord", on_delete=models.CASCADE, related_name="dismissals")
    path = models.TextField()
    check_key = models.CharField(max_length=200)
    reason = models.CharField(_("reason"), max_length=300)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("dismissed warning")
        verbose_name_plural = _("dismissed warnings")
        constraints = [
            models.UniqueConstraint(fields=["record", "path", "check_key"], name="a_warning_dismissed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.check_key}: {self.reason}"
