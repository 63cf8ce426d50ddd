"""Writes to the funding tables: each is a verb, all or nothing."""
