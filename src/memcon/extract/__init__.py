"""From what a report names to what it says: contacts, visits, statements, papers."""
