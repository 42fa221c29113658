"""Message catalogs in pure Python: extract, merge, check, fill, compile. No GNU gettext is needed.

``source`` reads the messages out of the code, ``store`` keeps ``locale/<code>/LC_MESSAGES/django.po``
and its compiled form, ``faults`` says what is wrong with a text, ``check`` with a whole catalog.
"""
