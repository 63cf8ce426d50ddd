"""Two to four NPQs side by side: what an address asks for, what they share, and where they differ."""
