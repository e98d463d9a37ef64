"""The addresses of signed links."""

from django.urls import path

from therapists.enquiries.public import introduction, offer, status

app_name = "enquiries"

urlpatterns = [
    path("erased/", status.erased, name="erased"),
    path("status/<str:token>/", status.status, name="status"),
    path("status/<str:token>/choose/", status.choose_view, name="choose"),
    path("status/<str:token>/cannot-make-it/", status.cannot_make_it_view, name="cannot_make_it"),
    path("status/<str:token>/withdraw/", status.withdraw_view, name="withdraw"),
    path("status/<str:token>/erase/", status.erase_view, name="erase"),
    path("offer/<str:token>/", offer.offer, name="offer"),
    path("introduction/<str:token>/", introduction.introduction, name="introduction"),
]
