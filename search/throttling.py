"""How often an address may ask the API: counted in the cache, under a digest that keeps no address."""

from __future__ import annotations

import time
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from ninja.throttling import AnonRateThrottle

from cms.access.signin.guessing import client_address

#: Requests a minute of one address, where the setting ``API_RATES`` gives no other number. A person who
#: types makes a few a second for a while; an office or a school may share an address.
RATES = {"search": 120, "suggest": 600}
_MINUTE = 60
_IPV6_PREFIX = 64


def _client(request: HttpRequest) -> str:
    """Who asks: the address, of IPv6 the network, in which every connection may have an address of its own."""
    text = client_address(request)
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        return str(ip_network((address.packed, _IPV6_PREFIX), strict=False))
    return text


class MinuteThrottle(AnonRateThrottle):
    """So many requests in each minute of the clock.

    Ninja's own count is a list of moments, read and written back: two requests at once lose one of them,
    and the object that they share keeps the last one's. This is one number, which the cache adds to.
    """

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__(f"{RATES[scope]}/min")

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether the address has requests left in this minute; counts this one."""
        most: int = getattr(settings, "API_RATES", {}).get(self.scope, RATES[self.scope])
        key = self.get_cache_key(request)
        cache.add(key, 0, 2 * _MINUTE)
        try:
            return cache.incr(key) <= most
        except ValueError:  # It went out of the cache just now.
            return True

    def get_cache_key(self, request: HttpRequest) -> str:
        minute = int(time.time() // _MINUTE)
        digest = salted_hmac("search.throttling", f"{minute} {_client(request)}", algorithm="sha256").hexdigest()
        return f"throttle-{self.scope}-{digest[:32]}"

    def wait(self) -> float:
        """Seconds until the next minute."""
        return _MINUTE - time.time() % _MINUTE
