"""System checks of the portal's own."""
