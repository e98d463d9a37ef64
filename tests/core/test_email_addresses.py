import pytest
from django.core.exceptions import ValidationError

from core.email_addresses import EmailAddressField, likely_address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("name@gamil.com", "name@gmail.com"),
        ("name@gmial.com", "name@gmail.com"),
        ("Name@GMAIL.CON", "Name@gmail.com"),
        ("name@gmai.com", "name@gmail.com"),
        ("name@gmaill.com", "name@gmail.com"),
        ("name@gnail.com", "name@gmail.com"),
        ("name@gmail.co", "name@gmail.com"),
        ("name@gmail.comm", "name@gmail.com"),
        ("name@hotmial.com", "name@hotmail.com"),
        ("name@hotmai.co.uk", "name@hotmail.co.uk"),
        ("name@hotmail.couk", "name@hotmail.co.uk"),
        ("name@yaho.co.uk", "name@yahoo.co.uk"),
        ("name@outlok.com", "name@outlook.com"),
        ("name@iclould.com", "name@icloud.com"),
        ("name@btinternet.con", "name@btinternet.com"),
        ("name@sample-practice.con", "name@sample-practice.com"),
    ],
)
def test_a_slip_is_noticed(typed, meant):
    assert likely_address(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "name@gmail.com",
        "name@hotmail.co.uk",
        "name@mail.com",
        "name@yahoo.ca",
        "name@me.com",
        "name@ms.com",
        "name@example.org",
        "name@ox.ac.uk",
        "name@nhs.net",
        "name@falcon.co",
        "name",
        "@gamil.com",
        "",
    ],
)
def test_what_may_well_be_right_is_left_alone(typed):
    assert likely_address(typed) == ""


def test_an_address_is_taken_though_a_slip_is_likely_and_refused_only_where_no_mail_can_go():
    field = EmailAddressField()
    assert field.clean(" name@gamil.COM ") == "name@gamil.com"
    for wrong in ("name@", "name@localhost", "a..b@example.org", "name@example", "name@-example.org"):
        with pytest.raises(ValidationError, match="in full"):
            field.clean(wrong)
    assert EmailAddressField(required=False).clean("") == ""
