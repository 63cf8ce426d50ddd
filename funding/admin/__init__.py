"""What staff of the portal read of funding, and where they bring new lists into use."""

from funding.admin import editions, reference, term

__all__ = ["editions", "reference", "term"]
