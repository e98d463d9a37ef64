from django.urls import path

from therapists.matching.admin.proposals import ProposalsView
from therapists.matching.admin.therapist_records import TherapistRecordsView, TherapistRecordView

app_name = "matching_admin"

urlpatterns = [
    path("proposals/", ProposalsView.as_view(), name="proposals"),
    path("therapists/", TherapistRecordsView.as_view(), name="therapists"),
    path("therapists/<int:pk>/", TherapistRecordView.as_view(), name="therapist"),
]
