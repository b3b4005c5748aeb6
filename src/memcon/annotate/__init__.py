"""From a report's text to what it names: sentences, people, offices, bodies, dates."""
