"""Pages reached by a signed link alone: no account, no cache, no trace in a search engine."""
