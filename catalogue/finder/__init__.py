"""The course finder: what is asked in the address, where it is near, and which course runs fit."""
