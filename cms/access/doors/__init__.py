"""The doors of the editor's side: every address below ``/admin/`` and what the policy is asked there.

A door that nobody classified stays shut. The views behind the doors ask again what only they know:
the form's destination, a page's locks, the objects of a bulk action.
"""
