"""The database's own refusal to change the audit log, for what goes past the ORM.

Made after every ``migrate``, not by one migration: SQLite drops a table's triggers whenever a later
migration rebuilds the table.
"""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from cms.access.models.audit import AuditEntry

#: Days for which the database deletes no entry, whoever asks. ``AUDIT_DAYS`` is never less.
SHORTEST_DAYS = 30

_TABLE = AuditEntry._meta.db_table
_SQLITE_NO_DELETE = f"""
CREATE TRIGGER {_TABLE}_no_delete BEFORE DELETE ON {_TABLE}
WHEN OLD.time > strftime('%Y-%m-%d %H:%M:%f', 'now', '-{SHORTEST_DAYS} days')
BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END
"""
_STATEMENTS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        f"DROP TRIGGER IF EXISTS {_TABLE}_no_update",
        f"""
        CREATE TRIGGER {_TABLE}_no_update BEFORE UPDATE ON {_TABLE}
        BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END
        """,
        f"DROP TRIGGER IF EXISTS {_TABLE}_no_delete",
        _SQLITE_NO_DELETE,
    ),
    "postgresql": (
        f"""
        CREATE OR REPLACE FUNCTION {_TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' AND OLD.time <= now() - interval '{SHORTEST_DAYS} days' THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'The audit log is append-only.' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        f"""
        CREATE OR REPLACE TRIGGER {_TABLE}_append_only BEFORE UPDATE OR DELETE ON {_TABLE}
        FOR EACH ROW EXECUTE FUNCTION {_TABLE}_refuse()
        """,
    ),
}


def ensure_triggers(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Make the triggers anew where the table is; a receiver of ``post_migrate``."""
    connection = connections[using]
    if _TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _STATEMENTS[connection.vendor]:
            cursor.execute(statement)


def allow_delete(using: str = DEFAULT_DB_ALIAS) -> None:
    """Until the next ``migrate`` or ``flush``, let SQLite delete entries: ``flush`` empties its tables by rows."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER IF EXISTS {_TABLE}_no_delete")
