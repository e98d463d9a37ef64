"""Which addresses messages may be sent to: public ones only, never the network of this site.

A host name is resolved when a message is sent, and the connection is made to the IP address that was checked,
so that a name that resolves to another address a moment later (DNS rebinding) gains nothing.
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
#: Internal addresses that count as global: the service of Azure for its own machines.
INTERNAL_ADDRESSES = {ipaddress.ip_address("168.63.129.16")}
#: IPv6 addresses that carry an IPv4 address in their last four bytes (NAT64, RFC 6052).
NAT64 = ipaddress.ip_network("64:ff9b::/96")
#: 6to4 and Teredo tunnels, which may end anywhere.
TUNNEL_NETWORKS = [ipaddress.ip_network("2002::/16"), ipaddress.ip_network("2001::/32")]


class AddressRefused(Exception):
    """Nothing may be sent there. `message` says why, for whoever typed the address."""

    def __init__(self, message: str | Promise) -> None:
        self.message = message
        super().__init__(str(message))


def check_url(url: str) -> None:
    """Raise AddressRefused for an invalid URL, and for a name that resolves to an internal address today."""
    if not _is_valid_url(url):
        raise AddressRefused(_("This is not a web address."))
    with suppress(OSError):  # the name may not resolve yet
        resolve(url)


def resolve(url: str) -> list[tuple[str, int]]:
    """Return the IP addresses and port to connect to. Raise AddressRefused, or OSError for no such name."""
    parts = _split(url)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(info[4][0]) for info in found]
    if not _is_allowed_host(host) and not all(map(is_public_address, addresses)):
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
    if parts.scheme != "https" and not settings.DEBUG and not _is_allowed_host(host):
        raise AddressRefused(_("Use an address that begins with https://."))
    return parts


def _is_valid_url(url: str) -> bool:
    """Accept any name for a host that WEBHOOK_ALLOWED_HOSTS lists, such as one without a dot."""
    try:
        URLValidator(schemes=list(PORTS))(url)
    except ValidationError:
        return _is_allowed_host(_split(url).hostname or "")
    return True


def _is_allowed_host(host: str) -> bool:
    return host in settings.WEBHOOK_ALLOWED_HOSTS


def is_public_address(address: str) -> bool:
    ip = _unwrapped(ipaddress.ip_address(address))
    if ip in INTERNAL_ADDRESSES or any(ip in tunnel for tunnel in TUNNEL_NETWORKS):
        return False
    return ip.is_global and not ip.is_multicast


def _unwrapped(ip: IPAddress) -> IPAddress:
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return ip.ipv4_mapped
        if ip in NAT64:
            return ipaddress.IPv4Address(ip.packed[-4:])
    return ip
