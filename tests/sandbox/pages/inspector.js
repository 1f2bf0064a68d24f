"use strict";
// The inspector: lists what the control API knows. Everything is set as text, never as markup.
const base = "/_sandbox";
const $ = (id) => document.getElementById(id);
let tab = "Requests";
let opened = null;
let apis = {};

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "onclick") made.addEventListener("click", value);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

async function ask(path, method, body) {
  const options = { method: method || "GET" };
  if (body !== undefined) options.body = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(base + path, options);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return (response.headers.get("content-type") || "").startsWith("application/json") ? JSON.parse(text) : text;
}

const act = (work) => async () => {
  $("message").textContent = "";
  try { await work(); await refresh(); } catch (error) { $("message").textContent = error.message; }
};

const time = (millis) => new Date(millis).toISOString();
const button = (text, work) => element("button", { onclick: act(work) }, text);
const json = (value) => element("pre", {}, JSON.stringify(value, null, 2));

function table(heads, rows) {
  const head = element("tr", {}, ...heads.map((name) => element("th", { scope: "col" }, name)));
  const body = rows.map((cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, cell === null ? "" : cell))));
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
}

function filtered(records, text) {
  const wanted = $("filter").value.toLowerCase();
  return records.filter((record) => !wanted || text(record).toLowerCase().includes(wanted)).slice(0, 200);
}

const lists = {
  async Requests() {
    const entries = filtered(await ask("/requests?limit=1000"), (e) => [e.api, e.merchant, e.operation, e.target, e.status].join(" "));
    return table(["time", "API", "operation", "merchant", "status"], entries.map((e) => [
      element("button", { onclick: act(() => { opened = () => request(e); }) }, time(e.at)),
      e.api, e.operation || `none; nearest: ${e.nearest || "none"}`, e.merchant || "",
      element("span", e.fault ? { class: "fault" } : {}, `${e.status ?? "none"}${e.fault ? ` (${e.fault})` : ""}`),
    ]));
  },
  async Objects() {
    const objects = filtered(await ask("/objects?limit=1000"), (o) => [o.api, o.kind, o.id, o.reference, o.state, o.merchant].join(" "));
    return table(["object", "reference", "state", "merchant"], objects.map((o) => [
      element("button", { onclick: act(() => { opened = () => object(o); }) }, `${o.api} ${o.kind} ${o.id}`),
      o.reference || "", o.state, o.merchant,
    ]));
  },
  async Callbacks() {
    const callbacks = filtered(await ask("/callbacks?limit=1000"), (c) => [c.api, c.id, c.state, c.url, c.merchant].join(" "));
    return table(["callback", "state", "attempts", "next"], callbacks.map((c) => [
      element("button", { onclick: act(() => { opened = () => callback(c); }) }, `${c.number} ${c.api} ${c.id}`),
      c.state, `${c.attempts.length}${c.delivered ? ", delivered" : ""}`, c.due === null ? "" : time(c.due),
    ]));
  },
  async Faults() {
    const faults = await ask("/faults");
    const operation = element("input", { id: "fault-operation", placeholder: "operationId" });
    const at = element("select", { id: "fault-at" }, element("option", { value: "after_commit" }, "after the commit"), element("option", { value: "before" }, "before"));
    const kinds = { "reset the connection": "reset", "close the connection": "drop", "never answer": "hang", "status 500": { status: { code: 500 } }, "status 502 as HTML": { status: { code: 502, body: "html" } }, "cut the response off": { truncate: { bytes: 10 } }, "damage the response": "garble" };
    const kind = element("select", { id: "fault-kind" }, ...Object.keys(kinds).map((name) => element("option", { value: name }, name)));
    const times = element("input", { id: "fault-times", type: "number", min: "1", value: "1" });
    const arm = button("Arm", () => ask("/faults", "POST", {
      on: operation.value ? { operation: operation.value } : {}, at: at.value, kind: kinds[kind.value], times: Number(times.value),
    }));
    const form = element("p", {}, element("label", {}, "Operation ", operation), " ", element("label", {}, "when ", at), " ",
      element("label", {}, "what ", kind), " ", element("label", {}, "times ", times), " ", arm);
    const state = element("input", { id: "callback-state", placeholder: "any state" });
    const mishaps = { "lost": "lose", "sent twice": "twice", "after the next one": "swap", "a minute late": { late: { by: 60000 } }, "with a wrong signature": "bad_signature" };
    const mishap = element("select", { id: "callback-kind" }, ...Object.keys(mishaps).map((name) => element("option", { value: name }, name)));
    const callbacks = element("p", {}, element("label", {}, "Callbacks of ", state), " ", element("label", {}, "are ", mishap), " ",
      button("Arm once", () => ask("/callback-faults", "POST", { ...(state.value ? { state: state.value } : {}), kind: mishaps[mishap.value], times: 1 })));
    return element("div", {}, form, callbacks, table(["rule", "hits", ""], faults.map((f) => [
      JSON.stringify(f.request || f.callback), String(f.hits), button("Clear", () => ask(`/faults/${f.id}`, "DELETE")),
    ])));
  },
  async Merchants() {
    const state = await ask("/state");
    const name = element("input", { id: "merchant-name" });
    const file = element("input", { id: "import-file", type: "file" });
    return element("div", {},
      table(["merchant", "calls", "callbacks"], state.merchants.map((m) => {
        const path = `/merchants/${encodeURIComponent(m.name)}`;
        return [m.name,
          element("span", {}, m.blocked ? "blocked " : "", button(m.blocked ? "Unblock" : "Block", () => ask(path + "/block", "POST", { blocked: !m.blocked }))),
          element("span", {}, m.paused ? "paused " : "", button(m.paused ? "Resume" : "Pause", () => ask(path + "/pause", "POST", { paused: !m.paused })),
            ...Object.entries(m.urls).map(([api, url]) => element("div", {}, `${api}: ${url}`)))];
      })),
      element("p", {}, element("label", {}, "New merchant ", name), " ", button("Add", () => ask(`/merchants/${encodeURIComponent(name.value)}`, "POST"))),
      element("p", {}, button("Show the environment", async () => { const text = await ask("/env"); opened = async () => [element("h2", {}, "Environment"), element("pre", {}, text)]; }), " ",
        element("a", { href: `${base}/export`, download: "sandbox.jsonl" }, "Export"), " ",
        element("label", {}, "An export ", file), " ", button("Import", async () => ask("/import", "POST", await file.files[0].text())), " ",
        button("Reset", async () => { opened = null; await ask("/reset", "POST"); })));
  },
};

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

// What is masked in the journal has to be filled in by whoever repeats it.
function curl(entry) {
  const sent = entry.headers.filter(([name]) => !["host", "content-length", "accept-encoding", "user-agent", "connection"].includes(name));
  const lines = [`curl -X ${entry.method} ${quoted((apis[entry.api] || "") + entry.target)}`,
    ...sent.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(entry.body ? [`--data-raw ${quoted(entry.body)}`] : [])];
  return lines.join(" \\\n  ");
}

function request(entry) {
  return [element("h2", {}, `${entry.method} ${entry.target}`), element("p", {}, `status ${entry.status ?? "none"}`),
    entry.fault ? element("p", { class: "fault" }, entry.fault) : null,
    ...entry.warnings.map((warning) => element("p", { class: "fault" }, warning)),
    element("h2", {}, "Request"), json(entry.headers), element("pre", {}, entry.body),
    element("h2", {}, "Response"), json(entry.response_headers), element("pre", {}, entry.response_body),
    element("h2", {}, "The same with curl"), element("p", {}, "Fill in what is masked: the environment has the credentials."), element("pre", { id: "curl" }, curl(entry))];
}

async function object(listed) {
  const path = `/objects/${listed.api}/${listed.kind}/${listed.id}`;
  const shown = await ask(path);
  const amount = element("input", { id: "amount", inputmode: "decimal", placeholder: "amount" });
  // The amount goes out as it was typed: no number of the browser comes between.
  const push = (to) => button(to, () => ask(path + "/push", "POST",
    `{"to":${JSON.stringify(to)}${amount.value ? `,"amount":${amount.value}` : ""}}`));
  return [element("h2", {}, `${listed.api} ${listed.kind} ${listed.id}`), element("p", { id: "state" }, `state: ${shown.object.state}`),
    element("p", {}, shown.next.length ? "Push to: " : "Nothing leads on from here by hand.", ...shown.next.map(push), shown.next.length ? amount : null),
    table(["time", "cause", "from", "to"], shown.events.map((e) => [time(e.at), e.cause, e.from || "", e.to])),
    table(["callback", "state", "attempts"], shown.callbacks.map((c) => [String(c.number), c.state, String(c.attempts.length)])),
    json(shown.object)];
}

const signatures = {
  corefy: ["The header X-Signature is base64(sha1(private key + body + private key)), over the bytes of the body. To check it in a shell:",
    `printf '%s%s%s' "$PRIVATE_KEY" "$(cat body.json)" "$PRIVATE_KEY" | openssl sha1 -binary | base64`],
  omno: ["No signature is documented. The header Authorization has the value that the merchant has agreed on, if one is set."],
};

function signature(api) {
  const [text, command] = signatures[api === "omno" ? "omno" : "corefy"];
  return [element("h2", {}, "How to verify it"), element("p", { id: "signature" }, text), command ? element("pre", {}, command) : null];
}

async function callback(chosen) {
  const listed = (await ask("/callbacks?limit=1000")).find((known) => known.number === chosen.number) || chosen;
  return [element("h2", {}, `callback ${listed.number}`), element("p", {}, listed.url || "collected"),
    element("p", {}, button("Send again", () => ask(`/callbacks/${listed.number}/resend`, "POST"))),
    table(["time", "status", "note"], listed.attempts.map((a) => [time(a.at), String(a.status ?? ""), a.note || ""])),
    element("h2", {}, "Body, as it is signed but masked here"), json(listed.body),
    ...signature(listed.api)];
}

// What the sandbox itself could not do, and whether it is full.
function troubles(state) {
  const { objects, most_objects, events, most_events } = state.kept;
  const full = [["objects", objects, most_objects], ["events", events, most_events]].filter(([, kept, most]) => kept >= most);
  return [...full.map(([what, , most]) => `The sandbox is full: it keeps at most ${most} ${what}. Reset it, or start it with a higher limit.`),
    ...state.troubles.slice(-5).map((trouble) => `${time(trouble.at)} ${trouble.what}: ${trouble.error}`)];
}

// Of several that are under way, the one that began last is shown.
let latest = 0;
async function refresh() {
  const own = ++latest;
  const state = await ask("/state");
  const list = await lists[tab]();
  const detail = opened ? (await opened()).filter((child) => child !== null) : [element("h2", {}, "Nothing is selected")];
  if (own !== latest) return;
  apis = state.apis;
  $("now").textContent = state.clock.now;
  $("mode").textContent = `(${state.clock.mode})`;
  $("due").textContent = state.due.length ? `next: ${state.due[0].at}` : "nothing is due";
  $("troubles").replaceChildren(...troubles(state).map((text) => element("p", {}, text)));
  $("apis").replaceChildren(...Object.entries(state.apis).flatMap(([api, url]) => [element("a", { href: `${url}/_sandbox/docs` }, api), " "]));
  const names = Object.keys(lists).map((name) => element("button", {
    role: "tab", "aria-selected": String(name === tab), onclick: act(() => { tab = name; }),
  }, name));
  $("tabs").replaceChildren(...names);
  $("list").replaceChildren(list);
  $("detail").replaceChildren(...detail);
}

$("minute").addEventListener("click", act(() => ask("/clock/advance", "POST", { by: "1m" })));
$("hour").addEventListener("click", act(() => ask("/clock/advance", "POST", { by: "1h" })));
$("next").addEventListener("click", act(() => ask("/clock/next", "POST")));
$("filter").addEventListener("input", act(() => {}));
// Lists are read anew when something happens, not while somebody types.
let waiting = null;
new EventSource(`${base}/events`).addEventListener("message", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => { if (document.activeElement?.tagName !== "INPUT") refresh().catch(() => {}); }, 200);
});
refresh().catch((error) => { $("message").textContent = error.message; });
