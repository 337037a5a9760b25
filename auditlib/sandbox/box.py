"""The state of a running helpdesk: its clock, its faults, and what was asked of it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import Any

import msgspec

from auditlib.sandbox.build import World
from auditlib.sandbox.faults import Fault, Faults
from auditlib.sandbox.flavour import Flavour
from auditlib.sandbox.instants import moment
from auditlib.sandbox.view import View

EMAIL = "audit@nordlicht.example"
TOKEN = "sandbox-token"


class Box:
    """A running helpdesk: its address, its clock, its faults and what was asked of it."""

    def __init__(self, world: World, flavour: Flavour, now: int, url: str, rate_limit: int) -> None:
        self.world = world
        self.flavour = flavour
        self.url = url
        self.email, self.token = EMAIL, TOKEN
        self.rate_limit = rate_limit
        self.faults = Faults(flavour.strange)
        self.view = View(world, now, {})
        self._requests: Counter[str] = Counter()
        self._minute = (0, 0)
        self._bursts: dict[int, int] = {}
        self._lock = threading.Lock()

    @property
    def connection(self) -> dict[str, Any]:
        """The connection with which an audit reads this helpdesk."""
        return self.flavour.connection(self.url)

    @property
    def now(self) -> int:
        """The simulated now, in seconds."""
        return self.view.now

    def set_clock(self, now: str) -> None:
        """The helpdesk shows itself as at another moment; what comes after it is invisible."""
        self.view = View(self.world, min(moment(now), self.world.end), self._bursts)

    def fault(self, kind: str, **details: Any) -> None:
        """A fault waits for its requests; a `burst` moves many tickets within the present second."""
        fault = msgspec.convert({"kind": kind, **details}, Fault)
        if kind == "burst":
            self._burst(fault.count)
        else:
            self.faults.add(fault)

    def requests(self) -> dict[str, int]:
        """How often each path was asked for, numbers in it left as they are."""
        with self._lock:
            return dict(self._requests)

    def forget_requests(self) -> None:
        """Counting begins anew."""
        with self._lock:
            self._requests.clear()

    def counted(self, path: str, cost: int = 1) -> int:
        """Counts a request; tells how much is left in this minute, less than none if too much was asked."""
        with self._lock:
            self._requests[path] += 1
            minute = int(time.monotonic() // 60)
            used = (self._minute[1] if self._minute[0] == minute else 0) + cost
            self._minute = (minute, used)
            return self.rate_limit - used

    def _burst(self, count: int) -> None:
        at = self.now - 120
        for plan in [p for p in self.view.plans if p.created_at < at][:count]:
            self._bursts[plan.id] = at
        self.view = View(self.world, self.now, self._bursts)
