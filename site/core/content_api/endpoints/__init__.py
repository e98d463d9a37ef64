"""The endpoints that are of no app: pages, files, redirects, types of errors."""
