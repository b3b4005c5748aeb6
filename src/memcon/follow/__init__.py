"""Follows up what reports tell: topics, commitments, agreements in force, plans, wording, and the next meeting's brief."""
