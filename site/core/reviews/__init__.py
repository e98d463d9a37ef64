"""Clinical review: which words somebody signed off, and what readers are told of it."""
