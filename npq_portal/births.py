"""When somebody who takes an NPQ may have been born. Pure."""

from datetime import date

# Anyone born later was at school when the newest of these NPQs began; anyone born earlier would be over 100.
EARLIEST, LATEST = date(1925, 1, 1), date(2008, 12, 31)
OUTSIDE = f"Enter a year of birth from {EARLIEST.year} to {LATEST.year}"
