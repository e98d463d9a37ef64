from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import parse_http_date_safe


class ConditionalReadMiddleware(ConditionalGetMiddleware):
    """ETags and 304s for HEAD as for GET. Django leaves HEAD out: elsewhere its answers may have no body."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.method != "HEAD" or not isinstance(response, HttpResponse) or not response.content:
            return super().process_response(request, response)
        if self.needs_etag(response) and "ETag" not in response:
            set_response_etag(response)
        modified = parse_http_date_safe(response.get("Last-Modified", ""))
        answer = get_conditional_response(
            request, etag=response.get("ETag"), last_modified=modified, response=response
        )
        return answer or response
