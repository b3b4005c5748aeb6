"""The only home of the ontology: kinds of visit, contact, act and paper, as data."""
