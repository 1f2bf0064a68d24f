// Chromium through every page and button of a running sandbox: nothing is asked of another host, nothing fails in the console, and each
// button changes what the API says. `node browser.mjs CHROMIUM`, with puppeteer-core beside it and the sandbox's environment in the shell's.
import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";

const env = process.env;
const inspector = env.SANDBOX_INSPECTOR;
const problems = [];

async function control(path, method = "GET", body) {
  const response = await fetch(inspector + path, { method, body: body && JSON.stringify(body) });
  assert.equal(response.status, 200, `${path}: ${await response.clone().text()}`);
  return response.json();
}

async function call(url, method, headers, body) {
  const response = await fetch(url, { method, headers: { "content-type": "application/json", ...headers }, body: body && JSON.stringify(body) });
  assert.ok(response.ok, `${url}: ${response.status} ${await response.clone().text()}`);
  return response.json();
}

const basic = "Basic " + Buffer.from(`${env.CUBLOX_SHOP_ACCOUNT_ID}:${env.CUBLOX_SHOP_API_KEY}`).toString("base64");
const createInvoice = (reference) => call(`${env.CUBLOX_BASE_URL}/payout-invoices`, "POST", { authorization: basic }, {
  data: { type: "payout-invoice", attributes: { reference_id: reference, service: "card", currency: "USD", amount: 10, fields: { card_number: "5123817234060000" } } },
});
const invoiceState = async (id) => (await call(`${env.CUBLOX_BASE_URL}/payout-invoices/${id}`, "GET", { authorization: basic })).data.attributes.status;

async function token() {
  const form = new URLSearchParams({ grant_type: "client_credentials", client_id: env.OMNO_SHOP_CLIENT_ID, client_secret: env.OMNO_SHOP_CLIENT_SECRET });
  return (await (await fetch(env.OMNO_TOKEN_URL, { method: "POST", body: form })).json()).access_token;
}

const browser = await puppeteer.launch({
  executablePath: process.argv[2], headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"],
});
const page = await browser.newPage();
await page.setViewport({ width: 1200, height: 640 });
page.on("request", (request) => {
  const url = new URL(request.url());
  if (url.protocol !== "data:" && url.hostname !== "127.0.0.1") problems.push(`asks ${url.host}`);
});
page.on("console", (message) => { if (message.type() === "error") problems.push(`console: ${message.text()} ${message.location().url}`); });
page.on("pageerror", (error) => problems.push(`page: ${error.message}`));

const shows = (text) => page.waitForFunction((wanted) => document.body.innerText.includes(wanted), { timeout: 15000 }, text);
// Found and pressed in one step, because lists are made anew when something happens.
const press = (text, within = "body") => page.waitForFunction((wanted, scope) => {
  const button = [...document.querySelectorAll(`${scope} button`)].find((button) => button.textContent.startsWith(wanted));
  button?.click();
  return Boolean(button);
}, { timeout: 15000 }, text, within);

// The same on a page that the button leaves.
const submit = (text) => Promise.all([page.waitForNavigation(), page.evaluate((wanted) => {
  [...document.querySelectorAll("button")].find((button) => button.textContent === wanted).click();
}, text)]);

// The inspector: lists, an object and its buttons, clock, faults, merchants.
const invoice = (await createInvoice("browser-1")).data;
await page.goto(inspector, { waitUntil: "load" });
await shows("createPayoutInvoice");
await press("20", "#list"); // The first request, by its time.
await shows("Request");
assert.ok(!(await page.evaluate(() => document.body.innerText)).includes("5123817234060000"), "a card number is shown");
await press("Objects");
await shows(invoice.id);
await press(`cublox payout_invoice ${invoice.id}`);
await shows("Push to:");
await press("terminated", "#detail");
if (env.SCREENSHOT) {
  await shows("state: terminated");
  await page.screenshot({ path: env.SCREENSHOT, type: "png" });
}
await shows("state: terminated");
assert.equal(await invoiceState(invoice.id), "terminated");
const before = (await control("state")).clock.millis;
for (const button of ["+1 minute", "+1 hour", "To the next timer"]) await press(button, "header");
await page.waitForFunction((then) => Date.parse(document.getElementById("now").textContent) >= then + 3660000, { timeout: 15000 }, before);
await press("Callbacks");
await press("Faults");
await shows("Operation");
await page.type("#fault-operation", "createPayoutInvoice");
await press("Arm");
await shows("after_commit");
await assert.rejects(createInvoice("browser-2"), "the fault strikes");
assert.equal((await control("faults"))[0].hits, 1);
await press("Clear");
await page.waitForFunction(() => ![...document.querySelectorAll("button")].some((button) => button.textContent === "Clear"), { timeout: 15000 });
assert.deepEqual(await control("faults"), []);
await press("Merchants");
await shows("New merchant");
await press("Block", "#list");
await shows("blocked");
assert.equal((await control("state")).merchants[0].blocked, true);
await press("Unblock");
await page.waitForFunction(() => !document.body.innerText.includes("Unblock"), { timeout: 15000 });

await page.type("#merchant-name", "second");
await press("Add", "#list");
await shows("second");
assert.equal((await control("state")).merchants.length, 2);
await press("Show the environment", "#list");
await shows("CUBLOX_SECOND_API_KEY=");

// The hosted pages: each button ends where it says, by what the API says.
const bearer = { authorization: `Bearer ${await token()}` };
const customer = { externalUserId: "1", firstName: "A", lastName: "B", email: "a@example.com", phoneNumber: "1 1", dateOfBirth: "1990-12-01",
  billing: { address: "a", city: "b", state: "c", countryCode: "US", postalCode: "1" } };
for (const [means, button, state] of ["card", "apm"].flatMap((means) => [[means, "Succeed", "SUCCESS"], [means, "Decline", "DECLINED"], [means, "Abandon", "FAILED"]])) {
  const payin = await call(`${env.OMNO_BASE_URL}/public/payin`, "POST", bearer, { orderId: `browser-${means}-${button}`, amount: 5, currency: "USD",
    kycVerified: false, customer, returnUrls: { success: "https://example.com/s", failure: "https://example.com/f" } });
  await page.goto(payin.iframeUrls[means], { waitUntil: "load" });
  await submit(button);
  await shows(state);
  assert.equal((await call(`${env.OMNO_BASE_URL}/public/payin/${payin.paymentId}`, "GET", bearer)).status, state);
}
const challenged = await call(`${env.OMNO_BASE_URL}/public/payin`, "POST", bearer, { orderId: "browser-3ds", amount: 5, currency: "USD",
  kycVerified: false, customer, returnUrls: { success: "https://example.com/s", failure: "https://example.com/f" } });
await page.goto(challenged.iframeUrls.card, { waitUntil: "load" });
await page.type("input[name=card]", "4000 0000 0000 3220");
await submit("Pay");
await Promise.all([page.waitForNavigation(), page.click("a")]);
await submit("Decline");
assert.equal((await call(`${env.OMNO_BASE_URL}/public/payin/${challenged.paymentId}`, "GET", bearer)).status, "DECLINED");
const session = await call(`${env.OMNO_BASE_URL}/public/cashier/session`, "POST", bearer, { customer, currency: "USD",
  returnUrls: { success: "https://example.com/s", failure: "https://example.com/f" } });
await page.goto(session.checkoutUrl, { waitUntil: "load" });
await page.type("input[name=amount]", "7.50");
await submit("Deposit");
await shows("7.50 USD");
await page.goto(session.checkoutUrl, { waitUntil: "load" });
await page.type("input[name=amount]", "2.50");
await submit("Withdraw");
await shows("You receive 2.50 USD");
await submit("Receive");
await shows("WAITING_FOR_CONFIRMATION");

// The documentation of each API.
for (const api of ["CUBLOX", "GORMIC", "OMNO", "PAYMEGA"]) {
  await page.goto(`${env[`${api}_BASE_URL`]}/_sandbox/docs`, { waitUntil: "load" });
  await page.waitForFunction(() => document.querySelector("rapi-doc")?.shadowRoot?.querySelectorAll(".observe-me, .section-gap--read-mode").length > 3, { timeout: 30000 });
}

// What is forgotten is gone from every list.
await page.goto(inspector, { waitUntil: "load" });
await press("Merchants");
await press("Reset", "#list");
await page.waitForFunction(async (path) => (await (await fetch(path)).json()).length === 0, { timeout: 15000 }, `${inspector}objects`);
await browser.close();
assert.deepEqual(problems, []);
console.log("every page and button did what it says; nothing was asked of another host");
