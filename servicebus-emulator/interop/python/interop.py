"""Drives the emulator with Microsoft's Python SDK. Usage: python interop.py [part of a feature's name]"""

import sys

import queues  # noqa: F401
import sessions  # noqa: F401
import topics  # noqa: F401
import transports  # noqa: F401
import administration  # noqa: F401
import asynchronous  # noqa: F401
from checks import run_checks

sys.exit(1 if run_checks(*sys.argv[1:]) else 0)
