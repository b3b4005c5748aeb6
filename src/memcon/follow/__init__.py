"""Following up: what was agreed, planned and promised, and what became of it."""
