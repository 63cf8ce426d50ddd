"""Files as they are published, cut to a few rows."""

from pathlib import Path

SAMPLES = Path(__file__).parent
