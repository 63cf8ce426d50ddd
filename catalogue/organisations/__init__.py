"""Lead providers, hubs and delivery partners: what their pages tell, and which hub serves a place."""
