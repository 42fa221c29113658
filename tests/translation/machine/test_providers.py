"""Each provider against a server that answers as its API says."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from cms.languages.registry import CODES, SOURCE
from cms.settings import machine as machine_settings
from cms.translation.machine.protect import BrokenError, to_coded, to_xml
from cms.translation.machine.providers import MAKERS, BadAnswerError, Provider, ProviderError, Setup, make
from cms.translation.machine.providers.http import LARGEST_ANSWER, Client
from tests.translation.machine.conftest import SECRET
from tests.translation.machine.server import Asked, Reply, Server, libretranslate, serving, spanish

TEXT = 'Ring <g id="1">112</g> &amp; vänta.<x id="2"/>'
TERMS = [("kommun", "municipio")]


def setup(server: Server, kind: str, **values: Any) -> Setup:
    return Setup(
        **machine_settings.provider(f"{kind}+{server.address}?key={quote(SECRET)}&model=m", budget=9, rate=9) | values
    )


def hasty(provider: Provider) -> Provider:
    """The same without waiting between tries."""
    client: Client = provider._client  # type: ignore[attr-defined]
    client.sleep, client.timeout, client.hasty, client.whole = lambda _seconds: None, (1, 0.3), (1, 0.3), 0.6
    return provider


# --- what is sent, and how the answer is read ------------------------------------------------------


def test_libretranslate(server: Server) -> None:
    provider = make(setup(server, "libretranslate"))
    pairs = provider.languages()
    assert {target for source, target in pairs if source == SOURCE} == {"en", "es", "fa", "prs"}
    assert "Persian as in Iran" in str(provider.note("prs"))
    assert provider.note("fa") == ""
    assert provider.translate([TEXT, "Två"], "sv", "es", TERMS) == [spanish(TEXT), spanish("Två")]
    assert server.asked[-1].body == {
        "q": [TEXT, "Två"],
        "source": "sv",
        "target": "es",
        "format": "html",
        "api_key": SECRET,
    }
    provider.translate(["Ett"], "sv", "prs", [])
    assert server.asked[-1].body["target"] == "fa"


def _apertium(asked: Asked) -> Reply:
    if asked.path == "/listPairs":
        pairs = [("eng", "spa"), ("spa", "eng"), ("spa", "eng_US")]
        rows = [{"sourceLanguage": one, "targetLanguage": two} for one, two in pairs]
        return Reply({"responseData": rows, "responseDetails": None, "responseStatus": 200})
    assert asked.path == "/translate"
    return Reply({"responseData": {"translatedText": f"si  {asked.body['q']}"}, "responseStatus": 200})


def test_apertium() -> None:
    with serving(_apertium) as server:
        provider = make(setup(server, "apertium"))
        assert provider.languages() == {("en", "es"), ("es", "en")}
        assert provider.translate([TEXT, "Two"], "en", "es", []) == [f"si {TEXT}", "si Two"]
        assert server.asked[-1].body == {
            "langpair": "eng|spa",
            "q": "Two",
            "format": "html",
            "markUnknown": "no",
            "key": SECRET,
        }
        assert len(server.asked) == 3


def test_what_a_server_calls_a_language_can_be_set() -> None:
    with serving(_apertium) as server:
        provider = make(setup(server, "apertium", codes={"sv": "eng"}))
        assert ("sv", "es") in provider.languages()


def _deepl(asked: Asked) -> Reply:
    if asked.headers["Authorization"] != f"DeepL-Auth-Key {SECRET}":
        return Reply({"message": "Forbidden"}, 403)
    if asked.path == "/v2/languages":
        codes = {"source": ["SV", "EN", "ES"], "target": ["SV", "EN-GB", "EN-US", "ES", "PRS"]}
        return Reply([{"language": code, "name": code} for code in codes[asked.query["type"]]])
    assert asked.path == "/v2/translate"
    return Reply({"translations": [{"detected_source_language": "SV", "text": f"¡{t}"} for t in asked.body["text"]]})


def test_deepl() -> None:
    with serving(_deepl) as server:
        provider = make(setup(server, "deepl"))
        pairs = provider.languages()
        assert {target for source, target in pairs if source == SOURCE} == {"en", "es", "prs"}
        # Dari by its own name, so there is nothing to say.
        assert provider.note("prs") == ""
        assert provider.translate([TEXT], "sv", "en", []) == [f"¡{TEXT}"]
        body = server.asked[-1].body
        assert (body["source_lang"], body["target_lang"], body["tag_handling"]) == ("SV", "EN-GB", "xml")
        assert body["text"] == [TEXT]


def _chat(content: Any, reason: str = "stop") -> Reply:
    text = content if isinstance(content, str) else json.dumps(content)
    return Reply(
        {"choices": [{"index": 0, "finish_reason": reason, "message": {"role": "assistant", "content": text}}]}
    )


def _openai(asked: Asked) -> Reply:
    if asked.path == "/models":
        return Reply({"object": "list", "data": [{"id": "m"}]})
    assert asked.path == "/chat/completions"
    texts = json.loads(asked.body["messages"][1]["content"])["texts"]
    # In another order: the ids say which is which.
    return _chat({"translations": [{"id": one["id"], "text": f"¡{one['text']}"} for one in reversed(texts)]})


def test_openai() -> None:
    with serving(_openai) as server:
        provider = make(setup(server, "openai"))
        assert ("sv", "ti") in provider.languages()
        assert "badly" in str(provider.note("ti"))
        assert provider.translate([TEXT, "Två"], "sv", "prs", TERMS) == [f"¡{TEXT}", "¡Två"]
        asked = server.asked[-1]
        assert asked.headers["Authorization"] == f"Bearer {SECRET}"
        assert asked.body["model"] == "m"
        instructions = asked.body["messages"][0]["content"]
        assert '{"term": "kommun", "translation": "municipio"}' in instructions
        assert "from Swedish to Dari (Persian as written in Afghanistan)" in instructions


@pytest.mark.parametrize(
    "reply",
    [
        _chat("Here you are: {}"),
        _chat({"translations": []}),
        _chat({"translations": [{"id": 1, "text": "a"}, {"id": 1, "text": "b"}]}),
        _chat({"translations": [{"id": 1, "text": "a"}, {"id": 3, "text": "b"}]}),
        _chat({"translations": [{"id": 1, "text": "a"}, {"id": 2, "text": None}]}),
        _chat({"translations": [{"id": 1, "text": "a"}, {"id": 2, "text": "b", "note": "c"}]}),
        _chat({"translations": [{"id": 1, "text": "a"}, {"id": 2, "text": "b"}]}, reason="length"),
        Reply({"choices": []}),
        Reply(["choices"]),
    ],
)
def test_a_model_s_answer_is_read_strictly(reply: Reply) -> None:
    with serving(lambda _asked: reply) as server, pytest.raises(BadAnswerError):
        make(setup(server, "openai")).translate(["Ett", "Två"], "sv", "es", [])


def test_the_one_for_development_writes_in_the_language_s_script_and_keeps_tags() -> None:
    provider = make(Setup("pseudo", "pseudo"))
    assert provider.languages() == {(SOURCE, code) for code in CODES if code != SOURCE}
    text = 'Din <g id="1">kommun</g> kl. 8.30, se https://a.se/b?c=d&amp;e.'
    texts = {code: provider.translate([text], "sv", code, TERMS)[0] for code in CODES if code != SOURCE}
    assert texts == {code: provider.translate([text], "sv", code, TERMS)[0] for code in texts}
    assert texts["es"] == '※ Dín <g id="1">municipio</g> kl. 8.30, sé https://a.se/b?c=d&amp;e.'
    assert texts["uk"] == '※ Дин <g id="1">municipio</g> кл. 8.30, се https://a.se/b?c=d&amp;e.'
    assert "፣ " in texts["ti"]
    assert "،" in texts["ar"]


# --- servers that fail ------------------------------------------------------------------------------

ANSWERS: dict[str, Callable[[Asked], Reply]] = {
    "libretranslate": libretranslate,
    "apertium": _apertium,
    "deepl": _deepl,
    "openai": _openai,
}


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.parametrize(
    ("replies", "error", "requests"),
    [
        ([Reply({"error": "slow down"}, 429, {"Retry-After": "1"})], None, 2),
        ([Reply({"error": "broken"}, 500), Reply(b"<html>Bad gateway", 502)], None, 3),
        ([Reply({}, wait=1.0)], None, 2),
        ([Reply({"error": "broken"}, 503)] * 4, "refused with 503", 4),
        ([Reply({"message": f"key {SECRET} is unknown"}, 403)], "refused with 403", 1),
        ([Reply({"error": {"message": f"Incorrect API key: {quote(SECRET)}"}}, 401)], r"Incorrect API key: \*\*\*", 1),
        ([Reply(b"<html>" + SECRET.encode(), 400)], "refused with 400", 1),
        ([Reply({}, 302, {"Location": "http://127.0.0.1:1/elsewhere"})], "sends us elsewhere", 1),
        ([Reply(b"\xff\xfe no JSON")], "no JSON", 1),
        ([Reply(b"[" * 100_000)], "no JSON", 1),
        ([Reply(["surprise"])], "one translation for each text", 1),
        (
            [Reply({"translatedText": ["one too", "many"], "translations": [1, 2], "responseData": 7})],
            "one translation",
            1,
        ),
        ([Reply(b" " * (LARGEST_ANSWER + 1))], "more than 4 MB", 1),
    ],
)
def test_what_a_server_may_answer(kind: str, replies: list[Reply], error: str | None, requests: int) -> None:
    said = []
    with serving(ANSWERS[kind]) as server:
        provider = hasty(make(setup(server, kind, codes={"sv": "eng"} if kind == "apertium" else {})))
        provider.languages()
        server.asked.clear()
        server.instead[:] = replies
        if error is None:
            assert provider.translate(["Ett"], "sv", "es", [])[0].endswith("Ett")
        else:
            with pytest.raises(ProviderError, match=error) as caught:
                provider.translate(["Ett"], "sv", "es", [])
            said = [str(caught.value), repr(caught.value), str(caught.value.__cause__)]
            assert caught.value.__cause__ is None
        assert len(server.asked) == requests
    assert not [text for text in said if SECRET in text or quote(SECRET) in text]


def test_a_server_that_is_not_there() -> None:
    with serving(libretranslate) as server:
        provider = hasty(make(setup(server, "libretranslate")))
    with pytest.raises(ProviderError, match="can't be reached") as caught:
        provider.languages()
    assert caught.value.__cause__ is None


def test_a_secret_is_in_no_log(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.instead[:] = [Reply({"error": "no"}, 500)]
    one = setup(server, "libretranslate")
    hasty(make(one)).translate(["Ett"], "sv", "es", [])
    assert SECRET not in caplog.text + repr(one)
    assert quote(SECRET) not in caplog.text


def test_an_answer_that_drips_ends_in_time() -> None:
    # Each piece in time, the whole never.
    with serving(lambda _asked: Reply({}, wait=0.25)) as server:
        client = Client(server.address, whole=0.1, back_off=())
        with pytest.raises(ProviderError, match="did not answer in time"):
            client.post("/translate", json={})


# --- tags -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("coded", ["Ring ⟦1⟧112⟦/1⟧ & vänta <nu>.⟦2/⟧", "⟦1⟧a⟦2⟧b⟦/2⟧⟦/1⟧", "ingen"])
def test_tags_come_back(coded: str) -> None:
    assert to_coded(to_xml(coded)) == coded
    assert "⟦" not in to_xml(coded)


def test_tags_that_a_server_writes_in_its_way_come_back() -> None:
    assert to_coded('a<x id="1"></x>b <G ID="2">c</G> &#8217;') == "a⟦1/⟧b ⟦2⟧c⟦/2⟧ ’"


@pytest.mark.parametrize(
    "xml",
    ["<b>a</b>", "<g>a</g>", '<g id="1">a', "a</g>", '<g id="x">a</g>', "<script>a</script>", "⟦1⟧a", "<!-- a -->"],
)
def test_other_tags_do_not(xml: str) -> None:
    with pytest.raises(BrokenError):
        to_coded(xml)


# --- settings ---------------------------------------------------------------------------------------


def test_the_settings_know_the_kinds_that_there_are() -> None:
    assert set(machine_settings.KINDS) == set(MAKERS)


def test_settings_name_providers_with_a_budget_each() -> None:
    one, two = machine_settings.providers(
        "deepl+https://api-free.deepl.com?key=a%2Fb&budget=7 libretranslate+http://host:5000/?codes=prs:fa&rate=3",
        budget=1,
        rate=2,
    )
    assert (one["address"], one["secret"], one["budget"], one["rate"]) == ("https://api-free.deepl.com", "a/b", 7, 2)
    assert (two["address"], two["codes"], two["budget"], two["rate"]) == ("http://host:5000", {"prs": "fa"}, 1, 3)
    assert machine_settings.choices("ti=deepl,libretranslate", {"deepl", "libretranslate"}) == {
        "ti": ["deepl", "libretranslate"]
    }


@pytest.mark.parametrize(
    "value",
    [
        "s3cret",
        "deepl+https://host?s3cret",
        "deepl+https://host?s3cret=1",
        "deepl+https://user:s3cret@host",
        "deepl+ftp://host?key=s3cret",
        "openai+https://host?key=s3cret",
        "deepl+https://host?key=s3cret&rate=many",
        "deepl+https://host?key=s3cret&name=S3cret",
        "deepl+https://a?key=s3cret deepl+https://b?key=s3cret",
        "pseudo:s3cret",
    ],
)
def test_wrong_settings_are_refused_without_saying_the_secret(value: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as caught:
        machine_settings.providers(value, budget=1, rate=1)
    assert "s3cret" not in str(caught.value).lower()


@pytest.mark.parametrize("value", ["sv=deepl", "xx=deepl", "ti=nobody"])
def test_wrong_choices_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        machine_settings.choices(value, {"deepl"})
