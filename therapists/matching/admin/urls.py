from django.urls import path

from therapists.matching.admin.batch import BatchView
from therapists.matching.admin.therapist_records import TherapistRecordsView, TherapistRecordView

app_name = "matching_admin"

urlpatterns = [
    path("all-at-once/", BatchView.as_view(), name="batch"),
    path("therapists/", TherapistRecordsView.as_view(), name="therapists"),
    path("therapists/<int:pk>/", TherapistRecordView.as_view(), name="therapist"),
]
