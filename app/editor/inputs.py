"""Keys of widgets that show a value of the draft.

A widget whose value is set by its key alone begins empty in the browser if the run that set it was
cut short, and the emptiness would then be taken for an edit.  So each widget begins with its
value, and where the value is another it is another widget.  What is half typed in one field stays
while others are drawn anew, and what was refused stays to be mended.
"""

from __future__ import annotations

from hashlib import sha256


def key_of(name: str, value: object) -> str:
    """Return the key of the widget that shows a value.

    Examples
    --------
    >>> key_of("top-title", "A") == key_of("top-title", "A") != key_of("top-title", "B")
    True
    """
    return f"{name}-{sha256(repr(value).encode('utf-8', 'replace')).hexdigest()[:10]}"
