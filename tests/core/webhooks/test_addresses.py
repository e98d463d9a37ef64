import socket

import pytest

from core.webhooks import http_client as posting
from core.webhooks.addresses import AddressRefused, check_url, is_public_address, resolve

INSIDE = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://0.0.0.0/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://168.63.129.16/",
    "http://[::ffff:168.63.129.16]/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://[ff02::1]/",
]
NEVER = [
    "",
    "/only/a/path",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org/",
    "https://",
    "https://someone:word@example.org/",
    "https://example.org:99999/",
    "https://[::1/",
    "https://exam ple.org/",
    "https://example.org/\r\nhost: inside",
]


@pytest.fixture
def names(monkeypatch):
    """Names and where they lead: a list of answers, one for each time that someone asks."""
    known, usual = {}, socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        addresses = known[host].pop(0) if host in known else [host]
        return [found for address in addresses for found in usual(address, port, *args, **kwargs)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_goes_inside(settings, address):
    settings.DEBUG = True  # http, so that only the address can be refused
    with pytest.raises(AddressRefused, match="inside"):
        resolve(address)


@pytest.mark.parametrize("address", NEVER)
def test_what_is_no_web_address_is_refused(settings, address):
    settings.DEBUG = True
    with pytest.raises(AddressRefused):
        check_url(address)


@pytest.mark.parametrize("found", [["10.0.0.5"], ["93.184.215.14", "10.0.0.5"], ["fd12::1"], ["127.0.0.1"]])
def test_a_name_that_leads_inside_is_refused(names, found):
    names["hook.example.org"] = [found]
    with pytest.raises(AddressRefused):
        resolve("https://hook.example.org/")


def test_a_name_that_leads_outside_is_resolved_to_its_address(names):
    names["hook.example.org"] = [["93.184.215.14"], ["2606:2800:21f:cb07::1"]]
    assert resolve("https://hook.example.org/") == [("93.184.215.14", 443)]
    assert resolve("https://hook.example.org:8443/") == [("2606:2800:21f:cb07::1", 8443)]
    assert is_public_address("64:ff9b::5db8:d70e")


def test_the_connection_goes_to_the_address_that_was_checked(names, monkeypatch):
    """The second time that someone asks, the name leads inside."""
    names["hook.example.org"] = [["93.184.215.14", "2606:2800:21f:cb07::1"], ["127.0.0.1"]]
    reached = []

    def connect(address, timeout):
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(posting.NoAnswer):
        posting.post("https://hook.example.org/", b"", {})
    assert reached == [("93.184.215.14", 443), ("2606:2800:21f:cb07::1", 443)]


def test_only_https_outside_of_work_on_the_code(settings, names):
    names["hook.example.org"] = [["93.184.215.14"]]
    with pytest.raises(AddressRefused, match="https"):
        resolve("http://hook.example.org/")
    settings.DEBUG = True
    assert resolve("http://hook.example.org/")


def test_a_host_of_ones_own_can_be_allowed_by_name(settings, names):
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1", "front_end"]
    names["front_end"] = [["10.0.0.5"], ["10.0.0.5"]]
    assert resolve("http://127.0.0.1:4321/") == [("127.0.0.1", 4321)]
    check_url("http://front_end:4321/")
    assert resolve("http://front_end:4321/") == [("10.0.0.5", 4321)]
    with pytest.raises(AddressRefused):
        resolve("http://127.0.0.2:4321/")
