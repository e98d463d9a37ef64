class BackupError(Exception):
    """A sentence for whoever runs the site: what went wrong, and what to do."""
