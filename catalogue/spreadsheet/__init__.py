"""Course runs as a spreadsheet: out, and in again."""
