"""Technical terms, explained where an article uses them first."""
