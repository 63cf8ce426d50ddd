"""From a published file to rows: read, validate, stage (COPY), apply (upsert).

A file is taken whole or not at all. What cannot be used is rejected by row number, with the reason, and
recorded.
"""
