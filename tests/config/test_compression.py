"""Pages travel compressed to whoever accepts it."""

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from core.middleware.compression import CompressTextMiddleware

LONG_TEXT = "A quiet page. " * 100
ACCEPTS = {"accept-encoding": "gzip, br"}


@pytest.mark.django_db
def test_a_page_is_smaller_for_a_browser_and_reads_the_same():
    plain = Client().get("/styleguide-that-is-not-there/")
    compressed = Client().get("/styleguide-that-is-not-there/", headers=ACCEPTS)

    assert "content-encoding" not in plain.headers
    assert compressed["content-encoding"] == "gzip"
    assert "Accept-Encoding" in compressed["vary"]
    assert gzip.decompress(compressed.content) == plain.content
    assert len(compressed.content) < len(plain.content) / 2


def test_a_cached_answer_can_still_be_asked_for_by_its_tag():
    response = answer(HttpResponse(LONG_TEXT, headers={"ETag": '"one"'}))

    assert response["etag"] == 'W/"one"'


def test_a_picture_is_sent_as_it_is():
    response = answer(StreamingHttpResponse([LONG_TEXT], content_type="image/avif"))

    assert "content-encoding" not in response.headers
    assert b"".join(response.streaming_content).decode() == LONG_TEXT


def answer(response):
    return CompressTextMiddleware(lambda request: response)(RequestFactory().get("/", headers=ACCEPTS))
