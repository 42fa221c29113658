"""Orders of translations: what is asked for, by when, of whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Priority(models.IntegerChoices):
    """How soon; higher comes first."""

    LOW = 1, _("low")
    NORMAL = 2, _("normal")
    HIGH = 3, _("high")


class ItemStatus(models.TextChoices):
    """How far one page in one language of an order has come."""

    WAITING = "waiting", _("waiting")
    OPEN = "open", _("open")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")
    FAILED = "failed", _("failed")


class Order(models.Model):
    """Pages to be translated into languages; carried out in the background, resumable."""

    created_at = models.DateTimeField(_("ordered"), auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.NORMAL)
    comment = models.TextField(_("comment"), blank=True)
    #: What it was sent with; a form that is sent twice makes one order.
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("order of translations")
        verbose_name_plural = _("orders of translations")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"


class OrderItem(models.Model):
    """One page in one language of an order; the words are those of the price when it was ordered."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="items")
    record = models.ForeignKey("translation.TranslationRecord", on_delete=models.CASCADE, related_name="items")
    #: Who is to translate; nobody: the language's queue.
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    status = models.CharField(max_length=10, choices=ItemStatus.choices, default=ItemStatus.WAITING)
    error = models.CharField(max_length=300, blank=True)
    words_new = models.PositiveIntegerField(default=0)
    words_changed = models.PositiveIntegerField(default=0)
    words_exact = models.PositiveIntegerField(default=0)
    words_fuzzy = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("ordered translation")
        verbose_name_plural = _("ordered translations")
        constraints = [models.UniqueConstraint(fields=["order", "record"], name="a_record_once_an_order")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.record_id}"
