"""Adds to Gormic's document what its gateway answers and the document does not name: 401 for a missing or wrong key."""

import schemathesis


@schemathesis.hook
def before_load_schema(context, raw_schema):
    if "Gormic" not in raw_schema["info"]["title"]:
        return
    for item in raw_schema["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and "responses" in operation:
                operation["responses"].setdefault("401", {"description": "Of the gateway: no key, or a wrong one."})
