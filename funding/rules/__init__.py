"""Who pays for an NPQ, and why: pure rules, standard library only.

`decide.decide(facts)` is the way in. Nothing here reads a database, a clock or
a request, so any decision ever made can be made again from its stored facts.
"""
