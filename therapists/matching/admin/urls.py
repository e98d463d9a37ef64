from django.urls import path

from therapists.matching.admin.batch import BatchView

app_name = "matching_admin"

urlpatterns = [path("all-at-once/", BatchView.as_view(), name="batch")]
