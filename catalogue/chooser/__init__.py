"""Which NPQ fits: what somebody says of themselves, and the ranked advice that follows. Pure.

Everything that was said is in the page's address. Nothing is stored.
"""
