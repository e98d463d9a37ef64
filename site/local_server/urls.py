from django.urls import path

from local_server import views

app_name = "mailbox"

urlpatterns = [
    path("", views.mailbox_page, name="mailbox"),
    path("<str:key>/", views.message_page, name="message"),
]
