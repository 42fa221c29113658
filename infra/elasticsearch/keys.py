"""Make the API keys of the site and of its worker on a cluster with users, and print them as settings.

    ELASTICSEARCH_PASSWORD=… python -m infra.elasticsearch.keys https://node:9200 ca.crt admin

The site's key may read, the worker's may also write, both in ``vagvisare-*`` alone (``site.json``,
``worker.json``). Run again it makes new ones and revokes the earlier: change the settings at once.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from elasticsearch import Elasticsearch

FOLDER = Path(__file__).parent
ROLES = ("site", "worker")


def make(client: Elasticsearch) -> dict[str, str]:
    """A new key for each role, encoded as ``VAGVISARE_ELASTICSEARCH_API_KEY`` wants it."""
    keys = {}
    for role in ROLES:
        descriptors = json.loads((FOLDER / f"{role}.json").read_text())
        name = f"vagvisare-{role}"
        before = [key["id"] for key in client.security.get_api_key(name=name)["api_keys"] if not key["invalidated"]]
        keys[role] = str(client.security.create_api_key(name=name, role_descriptors=descriptors)["encoded"])
        if before:
            client.security.invalidate_api_key(ids=before)
    return keys


def main() -> int:
    if len(sys.argv) != 4:
        print(__doc__, file=sys.stderr)
        return 2
    url, ca_certs, user = sys.argv[1:]
    client = Elasticsearch(url, ca_certs=ca_certs, basic_auth=(user, os.environ["ELASTICSEARCH_PASSWORD"]))
    for role, key in make(client).items():
        print(f"# {role}\nVAGVISARE_ELASTICSEARCH_API_KEY={key}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
