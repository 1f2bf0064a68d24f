"""Drives all four APIs over HTTP, checks the signature of callbacks by hand, and every response of the journal's export against the documents.

It knows nothing of Rust: the standard library, PyYAML and a validator of JSON Schema.
"""

import base64
import hashlib
import http.client
import http.server
import json
import os
import re
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import jsonschema_rs
import yaml

SPECS = Path(sys.argv[1])
ENV = os.environ


def ask(url, method="GET", body=None, headers=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json", **(headers or {})}, method=method)
    with urllib.request.urlopen(request) as response:
        return response.status, response.read()


def load(path):
    """A document with the files that it refers to put in the place of the references."""
    seen = {}

    def resolve(value, home):
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                file, _, pointer = value["$ref"].partition("#")
                target = (home.parent / file).resolve() if file else home
                key = f"{target}#{pointer}"
                if key not in seen:
                    seen[key] = None  # a schema within itself is not checked further
                    found = documents(target)
                    for part in filter(None, pointer.split("/")):
                        found = found[part.replace("~1", "/").replace("~0", "~")]
                    seen[key] = resolve(found, target)
                return seen[key] if seen[key] is not None else {}
            resolved = {name: resolve(inner, home) for name, inner in value.items() if not name.startswith("x-")}
            # OpenAPI 3.0: `nullable` widens the type.
            if resolved.get("nullable") is True and "type" in resolved:
                resolved["type"] = [resolved["type"], "null"]
                if "enum" in resolved:
                    resolved["enum"] = [*resolved["enum"], None]
            return resolved
        if isinstance(value, list):
            return [resolve(inner, home) for inner in value]
        return value

    cache = {}

    def documents(path):
        if path not in cache:
            cache[path] = yaml.safe_load(path.read_text())
        return cache[path]

    return resolve(documents(path), path)


def responses(api):
    """The schema of each response, by operation and status."""
    found = {}
    for item in load((SPECS / f"{api}.yaml").resolve())["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and "operationId" in operation:
                for status, response in operation["responses"].items():
                    content = response.get("content", {}).get("application/json")
                    found[operation["operationId"], status] = content and content.get("schema")
    return found


def signed(body):
    secret = ENV["CUBLOX_SHOP_PRIVATE_KEY"].encode()
    return base64.b64encode(hashlib.sha1(secret + body + secret).digest()).decode()


received = []


class Shop(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        received.append((self.headers["x-signature"], body))
        # The first one is refused, so that it has to come again.
        self.send_response(500 if len(received) == 1 else 200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


shop = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shop)
threading.Thread(target=shop.serve_forever, daemon=True).start()
control = ENV["SANDBOX_INSPECTOR"]
key = base64.b64encode(f"{ENV['CUBLOX_SHOP_ACCOUNT_ID']}:{ENV['CUBLOX_SHOP_API_KEY']}".encode()).decode()
basic = {"authorization": f"Basic {key}"}
attributes = {
    "reference_id": "python-1", "service": "card", "currency": "USD", "amount": 10.5, "options": {"auto_process": True},
    "fields": {"card_number": "5123817234060000"}, "callback_url": f"http://127.0.0.1:{shop.server_port}/callbacks",
}
status, body = ask(f"{ENV['CUBLOX_BASE_URL']}/payout-invoices", "POST", {"data": {"type": "payout-invoice", "attributes": attributes}}, basic)
assert status == 201, body
identity = json.loads(body)["data"]["id"]
ask(f"{control}clock/advance", "POST", {"by": "10m"})
ask(f"{ENV['CUBLOX_BASE_URL']}/payout-invoices/{identity}", headers=basic)
ask(f"{ENV['CUBLOX_BASE_URL']}/payout-invoices", headers=basic)
ask(f"{ENV['CUBLOX_BASE_URL']}/payout-services", headers=basic)
assert len(received) == 3, received
for signature, body in received:
    assert signature == signed(body), "a callback is not signed with the private key"
states = [json.loads(body)["data"]["attributes"]["status"] for _, body in received]
assert sorted(states) == ["processed", "processing", "processing"], states



def invoice(reference):
    attributes = {"reference_id": reference, "service": "card", "currency": "USD", "amount": 1, "fields": {"card_number": "5123817234060000"}}
    return {"data": {"type": "payout-invoice", "attributes": attributes}}


def count(reference):
    url = f"{ENV['CUBLOX_BASE_URL']}/payout-invoices?filter%5Breference_id%5D={reference}"
    return len(json.loads(ask(url, headers=basic)[1])["data"])


# Each fault, as Python's own client meets it; before the commit it leaves nothing, after it a payout.
FAULTS = [
    ("drop", "drop", http.client.RemoteDisconnected),
    ("reset", "reset", ConnectionResetError),
    ("status", {"status": {"code": 503, "body": "html"}}, urllib.error.HTTPError),
    ("truncate", {"truncate": {"bytes": 20}}, http.client.IncompleteRead),
    ("garble", "garble", json.JSONDecodeError),
]
for name, kind, expected in FAULTS:
    for at in ("before", "after_commit"):
        rule = {"on": {"operation": "createPayoutInvoice"}, "at": at, "kind": kind, "times": 1}
        number = json.loads(ask(f"{control}faults", "POST", rule)[1])["id"]
        reference = f"python-{name}-{at}"
        try:
            json.loads(ask(f"{ENV['CUBLOX_BASE_URL']}/payout-invoices", "POST", invoice(reference), basic)[1])
            raise AssertionError(f"{name} {at} did not strike")
        except (OSError, http.client.HTTPException, ValueError) as error:
            met = getattr(error, "reason", error) if type(error) is urllib.error.URLError else error
            assert isinstance(met, expected), f"{name} {at}: {met!r}"
        # What damages a response needs one: it strikes after the request was handled, wherever it is placed.
        handled = at == "after_commit" or name in ("truncate", "garble")
        assert count(reference) == handled, f"{name} {at}"
        ask(f"{control}faults/{number}", "DELETE")

# The other APIs, each through the life of an object.
def post(api, path, body, headers, method="POST"):
    return json.loads(ask(f"{ENV[f'{api}_BASE_URL']}{path}", method, body, headers)[1] or b"null")


key = base64.b64encode(f"{ENV['PAYMEGA_SHOP_ACCOUNT_ID']}:{ENV['PAYMEGA_SHOP_API_KEY']}".encode()).decode()
paymega = {"authorization": f"Basic {key}"}
identity = post("PAYMEGA", "/payout-invoices", invoice("python-paymega"), paymega)["data"]["id"]
post("PAYMEGA", f"/payout-invoices/{identity}/process", None, paymega)
post("PAYMEGA", f"/payout-invoices/{identity}", None, paymega, "GET")

form = f"grant_type=client_credentials&client_id={ENV['OMNO_SHOP_CLIENT_ID']}&client_secret={ENV['OMNO_SHOP_CLIENT_SECRET']}"
request = urllib.request.Request(ENV["OMNO_TOKEN_URL"], form.encode(), {"content-type": "application/x-www-form-urlencoded"})
with urllib.request.urlopen(request) as response:
    omno = {"authorization": f"Bearer {json.loads(response.read())['access_token']}"}
customer = {
    "externalUserId": "1", "firstName": "A", "lastName": "B", "email": "a@example.com", "phoneNumber": "1 1", "dateOfBirth": "1990-12-01",
    "billing": {"address": "a", "city": "b", "state": "c", "countryCode": "US", "postalCode": "1"},
}
urls = {"success": "https://example.com/s", "failure": "https://example.com/f"}
order = {"orderId": "python-payin", "amount": 5, "currency": "USD", "kycVerified": False, "customer": customer, "returnUrls": urls}
payin = post("OMNO", "/public/payin", order, omno)["paymentId"]
link = post("OMNO", f"/public/payin/{payin}/process/direct-link", {"browser": {}, "additionalData": {}}, omno)
assert link["status"] == "PENDING", link
ask(f"{control}clock/advance", "POST", {"by": "10s"})
assert post("OMNO", f"/public/payin/{payin}", None, omno, "GET")["status"] == "SUCCESS"
order = {"orderId": "python-payout", "value": 5, "currency": "USD", "kycVerified": True, "customer": customer}
payout = post("OMNO", "/public/payout", order, omno)["payoutId"]
post("OMNO", f"/public/payout/{payout}/confirm", None, omno, "PUT")
post("OMNO", f"/public/payout/{payout}", None, omno, "GET")
post("OMNO", "/public/cashier/session", {"customer": customer, "currency": "USD", "returnUrls": urls}, omno)

gormic = {"api-key": ENV["GORMIC_SHOP_API_KEY"], "organization-id": ENV["GORMIC_SHOP_ORGANIZATION_ID"]}
payment = {"params": {"orderId": "python-order", "type": "receipt", "amount": 3, "methodId": "cash"}}
first = post("GORMIC", "/v1/om/payments", payment, gormic)["data"]["id"]
second = post("GORMIC", "/v1/om/payments", payment, gormic)["data"]["id"]
post("GORMIC", f"/v1/om/payments/{first}", {"params": {"note": "changed"}}, gormic, "PATCH")
confirmed = post("GORMIC", f"/v1/om/payments/{first}/confirm", {"params": {}}, gormic, "PATCH")
assert len(confirmed["data"]["items"]) == 2, confirmed
post("GORMIC", f"/v1/om/payments/{second}", None, gormic, "DELETE")

schemas = {api: responses(api) for api in ("cublox", "gormic", "omno", "paymega")}
checked = dict.fromkeys(schemas, 0)
_, export = ask(f"{control}export")
text = export.decode()
assert "5123817234060000" not in text and ENV["CUBLOX_SHOP_API_KEY"] not in text and ENV["CUBLOX_SHOP_PRIVATE_KEY"] not in text
for line in text.splitlines():
    record = json.loads(line)
    entry = record["value"]
    # Tokens come from beside the document of OMNO.
    if record["record"] != "request" or entry["fault"] or entry["operation"] in (None, "token") or not entry["response_body"]:
        continue
    schema = schemas[entry["api"]].get((entry["operation"], str(entry["status"])), "undocumented")
    assert schema != "undocumented", f"{entry['operation']} answered {entry['status']}, which is not documented"
    if schema:
        # What is masked is a string, whatever it was.
        jsonschema_rs.validate(schema, json.loads(re.sub(r'"\*\*\*"', '"masked"', entry["response_body"])))
        checked[entry["api"]] += 1
assert all(count >= 3 for count in checked.values()), checked
print(f"{2 * len(FAULTS)} faults are met as expected, {len(received)} callbacks are signed as documented, {sum(checked.values())} responses are valid")
