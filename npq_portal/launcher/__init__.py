"""What `manage.py portal` does: a Postgres of its own, the steps that set up, and the processes that it minds.

Every other command, and the tests, use `embedded_postgres` too. manage.py reads that before the settings, so this
imports nothing. Production has its own Postgres and process manager, and uses none of this.
"""
