"""The funding check: what somebody says of themselves, the questions still open, and the answers with their reasons.

Everything that was said is in the page's address. Nothing is stored.
"""
