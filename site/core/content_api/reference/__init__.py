"""The description of the API as pages to read: no script is needed."""
