"""The statements of a framework, read from an operator's file: read, check, load."""
