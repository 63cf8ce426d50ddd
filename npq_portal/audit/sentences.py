"""What the audit trail says of itself."""

SENTENCES = {"audit.exported": "Took a file of the audit trail."}
