"""The description of the API as OpenAPI, made from the endpoints and the types that they return."""
