"""What the documents do not say and Schemathesis has to know: what Gormic's gateway answers, and which invoices a platform takes."""

import schemathesis


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Adds to Gormic's document the 401 of its gateway, for a missing or wrong key."""
    if "Gormic" not in raw_schema["info"]["title"]:
        return
    for item in raw_schema["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and "responses" in operation:
                operation["responses"].setdefault("401", {"description": "Of the gateway: no key, or a wrong one."})


@schemathesis.hook
def map_body(context, body):
    """Gives an invoice that is well formed a service that exists, and an amount and a reference that it takes: these rules stand in no schema."""
    operation = context.operation
    is_invoice = operation is not None and operation.definition.raw.get("operationId") == "createPayoutInvoice"
    attributes = body.get("data", {}).get("attributes") if isinstance(body, dict) and isinstance(body.get("data"), dict) else None
    # What is wrong on purpose stays wrong: only values of the right type are replaced.
    if is_invoice and isinstance(attributes, dict):
        for name, kind, value in [
            ("service", str, "card"),
            ("currency", str, "USD"),
            ("fields", dict, {"card_number": "5123817234060000"}),
        ]:
            if isinstance(attributes.get(name), kind):
                attributes[name] = value
        amount = attributes.get("amount")
        if isinstance(amount, (int, float)) and not isinstance(amount, bool) and not 0.01 <= amount <= 1_000_000:
            attributes["amount"] = 10
        if isinstance(attributes.get("reference_id"), str) and not attributes["reference_id"].strip():
            attributes["reference_id"] = "reference"
    return body
