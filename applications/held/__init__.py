"""All that the portal holds about one person, as they may take it with them (UK GDPR, articles 15 and 20)."""
