"""How often an address may ask."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from search import throttling
from search.throttling import RATES, MinuteThrottle
from tests.factories import make_home

pytestmark = pytest.mark.django_db


class Clock:
    """A clock that stands still."""

    now = 1_800_000_010.0

    def time(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Clock:
    settings.ELASTICSEARCH_URL = ""
    settings.API_RATES = {"search": 3, "suggest": 5}
    make_home()
    clock = Clock()
    monkeypatch.setattr(throttling, "time", clock)
    return clock


def ask(client: Client, path: str = "search", address: str = "192.0.2.1", **headers: str) -> Any:
    return client.get(f"/api/v1/{path}", {"q": "hyra", "lang": "sv"}, REMOTE_ADDR=address, headers=headers)


def statuses(client: Client, times: int, **more: str) -> list[int]:
    return [ask(client, **more).status_code for _time in range(times)]


def test_too_many_are_refused_with_a_sentence_and_a_time(client: Client, clock: Clock) -> None:
    assert statuses(client, 3) == [200] * 3
    refused = ask(client)
    assert refused.status_code == 429
    assert refused.json() == {
        "detail": "Too many requests from this address. Try again after the seconds that Retry-After says."
    }
    seconds = int(refused["Retry-After"])
    assert seconds == 60 - clock.now % 60
    assert refused["Cache-Control"] == "no-store"
    clock.now += seconds
    assert ask(client).status_code == 200


def test_each_address_and_each_endpoint_by_itself(client: Client) -> None:
    assert statuses(client, 4) == [200, 200, 200, 429]
    assert statuses(client, 6, path="suggest") == [200] * 5 + [429]
    assert ask(client, address="192.0.2.2").status_code == 200
    # The page itself is never refused.
    assert client.get("/sv/search/?q=hyra", REMOTE_ADDR="192.0.2.1").status_code == 200


def test_a_network_of_ipv6_is_one(client: Client) -> None:
    assert statuses(client, 3, address="2001:db8:1:2::1") == [200] * 3
    assert ask(client, address="2001:db8:1:2:ffff::9").status_code == 429
    assert ask(client, address="2001:db8:1:3::1").status_code == 200


def test_behind_a_proxy_the_client_is_counted_and_invents_nothing(client: Client, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(3):
        assert ask(client, **{"X-Forwarded-For": f"10.0.0.{number}, 198.51.100.7"}).status_code == 200
    assert ask(client, **{"X-Forwarded-For": "10.0.0.9, 198.51.100.7"}).status_code == 429
    assert ask(client, **{"X-Forwarded-For": "198.51.100.8"}).status_code == 200


def test_no_address_is_kept(client: Client, rf: Any) -> None:
    key = MinuteThrottle("search").get_cache_key(rf.get("/", REMOTE_ADDR="192.0.2.1"))
    assert ask(client).status_code == 200
    assert cache.get(key) == 1
    assert "192" not in key.rpartition("-")[0]
    assert len(key.rpartition("-")[2]) == 32


def test_what_a_person_needs_is_far_below(settings: Any) -> None:
    del settings.API_RATES
    assert RATES == {"search": 120, "suggest": 600}
    throttle = MinuteThrottle("suggest")
    assert (throttle.num_requests, throttle.duration) == (600, 60)
