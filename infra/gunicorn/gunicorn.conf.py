"""How gunicorn serves the site. Its command line (``--bind``, ``--workers`` …) overrides what stands here.

Workers are threads in processes. One process is the default because the embedded cache lies in a
process's memory: with ``REDIS_URL`` set, ``WEB_CONCURRENCY`` (gunicorn reads it itself) may be the
number of cores, and what one process purges is gone for all.
"""

from __future__ import annotations

import gc
from pathlib import Path

from cms.settings.env import env

wsgi_app = "cms.wsgi:application"
bind = f"127.0.0.1:{env.port}"

worker_class = "gthread"
threads = 4
# The code is loaded once and shared by the workers' memory.
preload_app = True
# A worker is replaced after so many requests, so that nothing can grow for ever; the jitter keeps
# the workers from being replaced all at once.
max_requests = 5000
max_requests_jitter = 500

# Seconds.
timeout = 60
graceful_timeout = 20
keepalive = 5

# A worker says that it lives by touching a file, which must not wait for a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
# Two copies on one machine would share the control socket, and nothing here uses it.
control_socket_disable = True

# The proxy keeps the access log.
accesslog = None
errorlog = "-"
loglevel = "warning"


def when_ready(_server: object) -> None:
    """Before the workers are made, so that what this loads is loaded once and shared."""
    # Django's models are there now, and were not when this file was read.
    from search.service import warm

    warm()
    # Looking for garbage among all that a worker has stops it for 0.1 to 0.3 s now and then, which is what the
    # slowest of a hundred answers were slow by. What was loaded by now stays; of what comes, the young is
    # looked through as ever and the old seldom.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
