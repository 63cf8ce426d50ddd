"""What staff of the portal read of funding, and where they bring new lists into use."""

from funding.admin import editions, reference

__all__ = ["editions", "reference"]
