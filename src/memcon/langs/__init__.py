"""What depends on a language: word lists, date words, places."""
