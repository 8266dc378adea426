"""Parts of a phase map as plain JSON data; numbers are not rounded."""

from __future__ import annotations

from typing import Any

from counterplay.numeric import FloatArray
from counterplay.scenario import Parameter
from counterplay.sensitivity.maps.nearest import NearestBorder


def axis_data(parameter: Parameter, values: FloatArray) -> dict[str, Any]:
    """Return an axis with the values at the centres of the cells."""
    return {
        "id": parameter.id,
        "label": parameter.label,
        "unit": parameter.unit,
        "low": parameter.low,
        "high": parameter.high,
        "values": values.tolist(),
    }


def nearest_data(nearest: NearestBorder | None) -> dict[str, Any] | None:
    """Return a nearest change, with what lies beyond it."""
    if nearest is None:
        return None
    return {
        "distance": nearest.distance,
        "point": list(nearest.point),
        "beyond": nearest.beyond.to_dict(),
        "certainty": nearest.certainty,
    }
