from django.urls import path

from therapists.enquiries.admin import actions, break_glass, enquiry, find, inbox, reports, team

app_name = "enquiries_admin"

urlpatterns = [
    path("", inbox.InboxView.as_view(), name="inbox"),
    path("find/", find.FindView.as_view(), name="find"),
    path("<uuid:pk>/", enquiry.EnquiryDetailView.as_view(), name="enquiry"),
    path("tasks/<int:pk>/done/", inbox.TaskDoneView.as_view(), name="task_done"),
    path("reports/", reports.ReportsView.as_view(), name="reports"),
    path("team/", team.TeamView.as_view(), name="team"),
    path("export/", reports.ExportView.as_view(), name="export"),
    path("<uuid:pk>/disclosure/", actions.DisclosureView.as_view(), name="disclosure"),
    path("<uuid:pk>/actions/<slug:action>/", actions.ActionView.as_view(), name="action"),
    path("<uuid:pk>/break-glass/", break_glass.BreakGlassView.as_view(), name="break_glass"),
]
