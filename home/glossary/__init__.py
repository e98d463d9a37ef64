"""Words of the field, explained where a reader meets them first."""
