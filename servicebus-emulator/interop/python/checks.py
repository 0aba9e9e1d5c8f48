"""Registers checks and runs them one after the other: "ok <feature>" or "FAIL <feature>: why"."""

import asyncio
import faulthandler
import inspect
import traceback

TIME_LIMIT_SECONDS = 60

_checks = []


def check(feature):
    """Decorates a function, or a coroutine function, that raises when the feature does not work."""

    def register(function):
        _checks.append((feature, function))
        return function

    return register


def run_checks(text=""):
    """Runs the checks whose name contains the text; returns how many failed."""
    failures = 0
    for feature, function in _checks:
        if text not in feature:
            continue
        faulthandler.dump_traceback_later(TIME_LIMIT_SECONDS, exit=True)
        try:
            asyncio.run(function()) if inspect.iscoroutinefunction(function) else function()
            print(f"ok {feature}", flush=True)
        except Exception:
            failures += 1
            print(f"FAIL {feature}: {traceback.format_exc()}", flush=True)
        finally:
            faulthandler.cancel_dump_traceback_later()
    return failures


def expect(error, call, *args, **kwargs):
    """Expects a call to raise that error and returns it."""
    try:
        call(*args, **kwargs)
    except error as raised:
        return raised
    raise AssertionError(f"{error.__name__} was not raised")
