"""The base of the content API, below `/api/v2/`. Each app keeps its own endpoints in its `api`.

- `representation/`: how values look in answers. Models name these fields in their `api_fields`.
- the modules of this folder: what endpoints are made of (views, viewsets, parameters, filters, errors).
- `endpoints/`: pages, files, redirects and types of errors.
- `description/`: the API as OpenAPI, and the page that shows it.

They import one another in this order, and models import `representation` alone.
"""
