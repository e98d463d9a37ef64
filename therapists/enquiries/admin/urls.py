from django.urls import path

from therapists.enquiries.admin import break_glass, enquiry, inbox

app_name = "enquiries_admin"

urlpatterns = [
    path("", inbox.InboxView.as_view(), name="inbox"),
    path("<uuid:pk>/", enquiry.EnquiryDetailView.as_view(), name="enquiry"),
    path("<uuid:pk>/break-glass/", break_glass.BreakGlassView.as_view(), name="break_glass"),
]
