"""Pages and answers of the API, compressed for whoever accepts that; static files are so beforehand."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressTextMiddleware(GZipMiddleware):
    """Leaves what is streamed alone: pictures and documents, which are compressed in themselves."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if isinstance(response, HttpResponse):
            return super().process_response(request, response)
        return response
