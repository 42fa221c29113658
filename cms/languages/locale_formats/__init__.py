"""Formats for Django's own ``date`` filter and form fields (``FORMAT_MODULE_PATH``).

Only for the languages where Django has none (prs, so, ti) or others than ours (ar, en, uk). What a
reader sees goes through ``cms.languages.formats``; these keep Django's filters from another order.
"""
