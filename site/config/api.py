"""The routes of the content API, and nothing else: each app keeps its endpoints in its own `api`."""

from core.content_api.endpoints.files import DocumentsAPIViewSet, ImagesAPIViewSet
from core.content_api.endpoints.pages import PagesAPIViewSet
from core.content_api.endpoints.problems import ProblemsAPIView
from core.content_api.endpoints.redirects import RedirectsAPIViewSet
from core.content_api.routers import ContentAPIRouter
from core.preview.api import PagePreviewAPIView
from home.api.site import PathsAPIView, SiteAPIView
from search.api import SearchAPIView
from therapies.api.comparisons import ComparisonsAPIView
from therapies.api.pages import ConcernsAPIViewSet, TherapiesAPIViewSet
from therapies.api.snippets import DimensionsAPIViewSet, ReferencesAPIViewSet
from therapists.api import TherapistsAPIViewSet
from therapists.enquiries.public.api import StatusAPIView
from therapists.matching.api.enquiries import EnquiriesAPIView
from therapists.matching.api.questions import MatchingAPIView

api_router = ContentAPIRouter("wagtailapi_v2")
api_router.register_endpoint("pages", PagesAPIViewSet)
api_router.register_endpoint("page_preview", PagePreviewAPIView)
api_router.register_endpoint("images", ImagesAPIViewSet)
api_router.register_endpoint("documents", DocumentsAPIViewSet)
api_router.register_endpoint("redirects", RedirectsAPIViewSet)
api_router.register_endpoint("therapies", TherapiesAPIViewSet)
api_router.register_endpoint("concerns", ConcernsAPIViewSet)
api_router.register_endpoint("dimensions", DimensionsAPIViewSet)
api_router.register_endpoint("references", ReferencesAPIViewSet)
api_router.register_endpoint("comparisons", ComparisonsAPIView)
api_router.register_endpoint("therapists", TherapistsAPIViewSet)
api_router.register_endpoint("site", SiteAPIView)
api_router.register_endpoint("paths", PathsAPIView)
api_router.register_endpoint("search", SearchAPIView)
api_router.register_endpoint("matching", MatchingAPIView)
api_router.register_endpoint("enquiries", EnquiriesAPIView)
api_router.register_endpoint("enquiries/status", StatusAPIView)
api_router.register_endpoint("problems", ProblemsAPIView)
