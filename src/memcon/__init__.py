"""memcon: memoranda of diplomatic contact from public reports."""
