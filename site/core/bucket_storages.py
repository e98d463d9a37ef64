"""Uploads in a bucket of S3, or of what speaks as it does, for sites that run on several machines."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

#: Renditions have a new name whenever they change.
KEPT_BY_BROWSERS = "public, max-age=2592000"


def bucket_storages(bucket: str, *, endpoint: str, region: str, public_url: str) -> dict[str, dict[str, Any]]:
    """Return the storages of a deployment. boto3 finds the credentials: AWS_ACCESS_KEY_ID and its like.

    Originals and documents are private: the site asks who may have them, and passes them on itself. Resized
    pictures are fetched from `public_url`, where nothing but `media/images/` of the bucket may be served.
    """
    public = urlsplit(public_url)
    if public.scheme != "https" or not public.netloc:
        raise ImproperlyConfigured("MEDIA_PUBLIC_URL must be where browsers find pictures: https://…")
    private = {
        "bucket_name": bucket,
        "endpoint_url": endpoint or None,
        "region_name": region or None,
        "location": "media",
        "file_overwrite": False,
        "querystring_expire": 60,
    }
    shown = private | {
        "custom_domain": f"{public.netloc}{public.path}".rstrip("/"),
        "object_parameters": {"CacheControl": KEPT_BY_BROWSERS},
    }
    erasures = private | {"location": "erasures"}
    return {
        alias: {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
        for alias, options in {"default": private, "renditions": shown, "erasures": erasures}.items()
    }
