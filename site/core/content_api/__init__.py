"""What the endpoints of the content API share. Each app keeps its own endpoints in its `api.py`."""
