from urllib.parse import urlsplit


def with_query(address: str, query: str) -> str:
    """Return the address with a query added to its own."""
    parts = urlsplit(address)
    return parts._replace(query="&".join(filter(None, [parts.query, query]))).geturl()
