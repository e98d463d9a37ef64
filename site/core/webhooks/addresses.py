"""Where a message may go: out into the internet, and nowhere inside.

Names are resolved when a message is sent, and the connection is made to the very address that was checked:
a name that leads elsewhere a moment later leads nowhere.
"""

import ipaddress
import socket
from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": 80, "https": 443}
#: Addresses within that look like addresses without: a cloud's own service for its machines.
INSIDE_ALL_THE_SAME = {ipaddress.ip_address("168.63.129.16")}
#: IPv6 that carries an IPv4 address in its last bytes: the network translates it on the way.
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
#: Tunnels of the past, which may end anywhere.
TUNNELS = [ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/32")]


class AddressRefused(Exception):
    def __init__(self, words: str | Promise) -> None:
        self.words = words
        super().__init__(str(words))


def check_url(url: str) -> None:
    """Refuse what can be refused from the address alone, and a name that leads inside today."""
    if not _is_written_well(url):
        raise AddressRefused(_("This is not a web address."))
    with suppress(OSError):  # a name may lead nowhere yet
        resolve(url)


def resolve(url: str) -> list[tuple[str, int]]:
    """The IP addresses and port to connect to. AddressRefused, or OSError where the name leads nowhere."""
    parts = _split(url)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(info[4][0]) for info in found]
    if not _is_allowed_by_hand(host) and not all(map(is_outside, addresses)):
        raise AddressRefused(_("This address leads inside the network of this site."))
    return [(address, port) for address in addresses]


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise AddressRefused(_("This is not a web address.")) from None
    if not host or parts.scheme not in PORTS:
        raise AddressRefused(_("This is not a web address."))
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(_("Leave the name and password out: the signature shows who is writing."))
    if parts.scheme != "https" and not settings.DEBUG and not _is_allowed_by_hand(host):
        raise AddressRefused(_("Use an address that begins with https://."))
    return parts


def _is_written_well(url: str) -> bool:
    """A host of one's own may be called as one likes."""
    try:
        URLValidator(schemes=list(PORTS))(url)
    except ValidationError:
        return _is_allowed_by_hand(_split(url).hostname or "")
    return True


def _is_allowed_by_hand(host: str) -> bool:
    return host in settings.WEBHOOK_ALLOWED_HOSTS


def is_outside(address: str) -> bool:
    ip = _as_the_network_reads_it(ipaddress.ip_address(address))
    if ip in INSIDE_ALL_THE_SAME or any(ip in tunnel for tunnel in TUNNELS):
        return False
    return ip.is_global and not ip.is_multicast


def _as_the_network_reads_it(ip: IPAddress) -> IPAddress:
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return ip.ipv4_mapped
        if ip in TRANSLATED:
            return ipaddress.IPv4Address(ip.packed[-4:])
    return ip
