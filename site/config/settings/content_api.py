"""The API: how often, how wide, how long kept, and for whom; webhooks, and drafts in other front ends."""

from core.throttle_rates import throttle_rates

from .environment import env

REST_FRAMEWORK = {
    # For Wagtail's own API of the admin. The content API looks at no session: see its `Endpoint`.
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["core.content_api.parsers.BoundedJSONParser"],
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_THROTTLE_RATES": throttle_rates(
        reading=env("API_THROTTLE_READING", default="1200/min"),
        searching=env("API_THROTTLE_SEARCHING", default="120/min"),
        previewing=env("API_THROTTLE_PREVIEWING", default="60/min"),
        sending=env("API_THROTTLE_SENDING", default="30/hour"),
        private=env("API_THROTTLE_PRIVATE", default="60/min"),
    ),
    # How many proxies of ours stand in front: X-Forwarded-For is believed so far, from its end.
    "NUM_PROXIES": env.int("NUM_PROXIES", default=int(env.bool("BEHIND_TLS_PROXY", default=False))),
}
# The widths in which front ends may ask the API for pictures. Each is made once, in two formats.
API_IMAGE_WIDTHS = env.list("API_IMAGE_WIDTHS", cast=int, default=[320, 640, 1080, 1600])
# What a shared cache may keep of the API's answers. Errors and answers to POST are never kept.
API_CACHE_CONTROL = env(
    "API_CACHE_CONTROL", default="public, max-age=0, s-maxage=60, stale-while-revalidate=300"
)
# The same of the site's own pages, for readers without a session.
PAGE_CACHE_CONTROL = env(
    "PAGE_CACHE_CONTROL", default="public, max-age=0, s-maxage=60, stale-while-revalidate=300"
)
# Such answers are kept in the memory of each process until any content changes: how many megabytes of them.
# 0 keeps none.
KEPT_ANSWERS_MEGABYTES = env.int("KEPT_ANSWERS_MEGABYTES", default=64)
# The headers with the surrogate keys of an answer: Surrogate-Key (Fastly, Varnish), Cache-Tag (Cloudflare,
# Netlify, Google) or both.
SURROGATE_KEY_HEADERS = env.list("SURROGATE_KEY_HEADERS", default=["Surrogate-Key"])
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_ALLOW_METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "POST"]
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "if-none-match", "idempotency-key"]
CORS_EXPOSE_HEADERS = ["etag", "location", "retry-after", "www-authenticate"]
CORS_ALLOW_CREDENTIALS = False
# Front ends that show drafts to editors: an address each, with "<host name of a site>=" before it where they
# are of one site only. After an address that ends in #, a draft's token stays in the browser.
HEADLESS_PREVIEW_URLS = env.list("HEADLESS_PREVIEW_URLS", default=[])

# Hosts of your own network that webhooks may reach, over http too. All others must be out in the internet.
WEBHOOK_ALLOWED_HOSTS = env.list("WEBHOOK_ALLOWED_HOSTS", default=[])
# A change is told so many seconds after it was stored: by then neither the site nor the front server as it is
# shipped gives anybody what was before.
WEBHOOK_DELAY_SECONDS = 2
# Days after which deliveries are forgotten.
WEBHOOK_KEEP_DAYS = env.int("WEBHOOK_KEEP_DAYS", default=30)
