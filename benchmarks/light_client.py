"""A browser session without a browser: the front end's own protocol over a WebSocket.

It opens a page, moves sliders, and asks again for what refreshes itself, as a browser would; it
draws nothing, so that many fit beside the server on one machine.
"""

from __future__ import annotations

import asyncio
import time
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

_MOST_BYTES = 50_000_000


class LightClient:
    """One session at a server on this machine.

    Attributes
    ----------
    digest : str
        What the page last said it had solved.
    faults : list of str
        What went wrong on the page.
    """

    def __init__(self, port: int, query: str = "") -> None:
        self._port, self._query = port, query
        self._widgets: dict[str, str] = {}
        self._states: dict[str, WidgetState] = {}
        self._refreshing: dict[str, asyncio.Task[None]] = {}
        self._cached: dict[str, ForwardMsg] = {}
        self._page = ""
        self.digest = ""
        self.faults: list[str] = []
        self._socket: ClientConnection | None = None
        self._listening: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()

    async def __aenter__(self) -> Self:
        """Connect and ask for the page."""
        self._socket = await connect(
            f"ws://localhost:{self._port}/_stcore/stream",
            origin=f"http://localhost:{self._port}",
            subprotocols=["streamlit"],
            max_size=_MOST_BYTES,
        )
        self._listening = asyncio.create_task(self._listen())
        await self._ask()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave."""
        for task in (*self._refreshing.values(), self._listening):
            if task is not None:
                task.cancel()
        if self._socket is not None:
            await self._socket.close()

    async def move(self, slider: str, value: float) -> None:
        """Move a slider to a value."""
        name = next(full for key, full in self._widgets.items() if key == slider)
        state = WidgetState(id=name)
        state.double_array_value.data.append(value)
        self._states[name] = state
        await self._ask()

    async def solved(self, digest: str, most: float = 120.0) -> float:
        """Wait until the page has solved some inputs, and return the seconds that it took."""
        begun = time.perf_counter()
        async with asyncio.timeout(most):
            while self.digest != digest:
                self._changed.clear()
                await self._changed.wait()
        return time.perf_counter() - begun

    async def _ask(self, fragment: str = "") -> None:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self._query
        asked.page_script_hash = self._page
        asked.fragment_id = fragment
        asked.is_auto_rerun = bool(fragment)
        asked.widget_states.widgets.extend(self._states.values())
        if self._socket is not None:
            await self._socket.send(message.SerializeToString())

    async def _listen(self) -> None:
        if self._socket is None:
            return
        async for raw in self._socket:
            message = ForwardMsg()
            message.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
            if message.WhichOneof("type") == "ref_hash":
                message = self._cached[message.ref_hash]
            elif message.hash:
                self._cached[message.hash] = message
            self._take(message)

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._page = message.new_session.page_script_hash
            self._stop_refreshing()
        elif kind == "auto_rerun":
            fragment = message.auto_rerun.fragment_id
            waiting = self._refresh(fragment, message.auto_rerun.interval)
            self._refreshing[fragment] = asyncio.create_task(waiting)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._take_element(message)

    def _take_element(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "slider":
            self._widgets[element.slider.id.rsplit("-", 1)[-1]] = element.slider.id
        elif kind == "exception":
            self.faults.append(element.exception.message)
        elif kind == "markdown" and element.markdown.body.startswith("digest "):
            self.digest = element.markdown.body.split()[1]
            self._changed.set()

    async def _refresh(self, fragment: str, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            await self._ask(fragment)

    def _stop_refreshing(self) -> None:
        for task in self._refreshing.values():
            task.cancel()
        self._refreshing.clear()
