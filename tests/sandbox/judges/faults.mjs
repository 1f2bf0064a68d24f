// Each fault, as two programs meet it that know nothing of Rust: Node's own client and curl. Before the commit a fault leaves nothing, after it
// a payout. `node faults.mjs`, with curl beside it and the sandbox's environment in the shell's.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";

const env = process.env;
const invoices = `${env.CUBLOX_BASE_URL}/payout-invoices`;
const basic = "Basic " + Buffer.from(`${env.CUBLOX_SHOP_ACCOUNT_ID}:${env.CUBLOX_SHOP_API_KEY}`).toString("base64");
const headers = { authorization: basic, "content-type": "application/json" };

async function control(path, method, body) {
  const response = await fetch(env.SANDBOX_INSPECTOR + path, { method, body: body && JSON.stringify(body) });
  assert.equal(response.status, 200, `${path}: ${await response.clone().text()}`);
  return response.json();
}

const invoice = (reference) => JSON.stringify({ data: { type: "payout-invoice", attributes: {
  reference_id: reference, service: "card", currency: "USD", amount: 1, fields: { card_number: "5123817234060000" } } } });

async function count(reference) {
  const response = await fetch(`${invoices}?filter%5Breference_id%5D=${reference}`, { headers });
  return (await response.json()).data.length;
}

// What Node meets, in a word: the code of the error, or the status, or that it is no JSON.
async function node(reference) {
  try {
    const response = await fetch(invoices, { method: "POST", headers, body: invoice(reference), signal: AbortSignal.timeout(2000) });
    const text = await response.text();
    try { JSON.parse(text); } catch { return response.status === 201 ? "no JSON" : response.status; }
    return response.status;
  } catch (error) {
    return error.name === "TimeoutError" ? error.name : error.cause?.code;
  }
}

// What curl meets: its exit code, or the status, or that it is no JSON. It sends a request once.
const curl = (reference) => new Promise((met) => {
  const options = ["--silent", "--max-time", "2", "--write-out", "\n%{http_code}", "--data-raw", invoice(reference),
    ...Object.entries(headers).flatMap(([name, value]) => ["--header", `${name}: ${value}`]), invoices];
  execFile("curl", options, (error, said) => {
    if (error) return met(error.code);
    const [, body, status] = said.match(/^([^]*)\n(\d+)$/);
    try { JSON.parse(body); } catch { return met(status === "201" ? "no JSON" : Number(status)); }
    return met(Number(status));
  });
});

// The fault, whether it needs a response so that the request is carried out before the commit too, and what each meets.
const FAULTS = [
  ["drop", "drop", false, ["UND_ERR_SOCKET", "ECONNRESET"], [52]],
  ["reset", "reset", false, ["UND_ERR_SOCKET", "ECONNRESET"], [56]],
  ["hang", "hang", false, ["TimeoutError"], [28]],
  ["delay", { delay: 3_600_000 }, false, ["TimeoutError"], [28]],
  ["status", { status: { code: 500 } }, false, [500], [500]],
  ["page", { status: { code: 502, body: "html" } }, false, [502], [502]],
  ["truncate", { truncate: { bytes: 20 } }, true, ["UND_ERR_SOCKET", "ECONNRESET"], [18]],
  ["garble", "garble", true, ["no JSON"], ["no JSON"]],
  ["slow", { slow: 1000 }, true, ["TimeoutError"], [28]],
];

let met = 0;
for (const [name, kind, needsResponse, byNode, byCurl] of FAULTS) {
  for (const at of ["before", "after_commit"]) {
    for (const [program, send, expected] of [["node", node, byNode], ["curl", curl, byCurl]]) {
      const { id } = await control("faults", "POST", { on: { operation: "createPayoutInvoice" }, at, kind, times: 1 });
      const reference = `${program}-${name}-${at}`;
      const outcome = await send(reference);
      assert.ok(expected.includes(outcome), `${reference}: ${outcome}`);
      const rule = (await control("faults", "GET")).find((rule) => rule.id === id);
      assert.equal(rule.hits, 1, reference);
      assert.equal(await count(reference), Number(needsResponse || at === "after_commit"), reference);
      await control(`faults/${id}`, "DELETE");
      met += 1;
    }
  }
}
console.log(`${met} faults are met as expected by Node and curl`);
