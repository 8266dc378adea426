"""The JSON Schema of scenario files, so that editors complete and check them.

`python -m counterplay.scenario.json_schema > models/scenario.schema.json` writes the committed
copy.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from counterplay.scenario.schema import Scenario


def scenario_schema() -> dict[str, Any]:
    """Return the schema of a scenario file as JSON data.

    It differs from the model's own where a file may be shorter than what is loaded: a register is
    named by its slug, a caveat may be bare text, a distribution may be its kind alone.
    """
    schema = Scenario.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Counterplay scenario"
    fields = schema["properties"]
    _allow_text(fields["evidence"], r"^[a-z0-9][a-z0-9-]{0,59}$")
    caveat = fields["caveats"]["items"]
    fields["caveats"]["items"] = {"anyOf": [{"type": "string"}, caveat]}
    distribution = schema["$defs"]["Parameter"]["properties"]["distribution"]
    reference = {"$ref": distribution.pop("$ref")}
    distribution["anyOf"] = [{"type": "string", "enum": ["triangular", "uniform"]}, reference]
    return schema


def schema_text() -> str:
    """Return the schema as the committed file holds it."""
    return json.dumps(scenario_schema(), indent=2, ensure_ascii=False) + "\n"


def _allow_text(field: dict[str, Any], pattern: str) -> None:
    listed = {key: field.pop(key) for key in ("type", "items") if key in field}
    field["anyOf"] = [{"type": "string", "pattern": pattern}, listed]


if __name__ == "__main__":
    sys.stdout.write(schema_text())
