"""Following up: what was asked, promised, signed and planned, and how the words changed."""
