/**
 * Offline use: this device keeps one edition of the site, whole. Nothing that anybody enters passes through here.
 *
 * An edition is installed whole or not at all: each file is compared with the hash that the build wrote below, so a server that is
 * just being updated, a sign-in page or a damaged download cannot get in. From then on pages, scripts, rules and the search all come
 * from that edition, without asking the network, until the reader takes the next one or has closed every page of this one.
 *
 *   page → worker   {type: "status"} with a port     answered by {version, whole, made, newer}; made: when the copy was fetched
 *                   {type: "take-over"}              this edition, which waits, becomes the one in use
 *   worker → page   {type: "which"} with a port      answered by the page's own version
 *                   {type: "not-kept", why}          an installation failed: "full" or "network"
 */
const VERSION = "__VERSION__";
const FILES = "__FILES__"; // {address: SHA-256 of the file}
const IMMUTABLE = "__IMMUTABLE__"; // how addresses begin that never change what they hold
const SCOPE = new URL("./", self.location.href);
// The address is in it because other sites of this server share the storage.
const NAMES = `handbook ${SCOPE.pathname} `;
const NAME = NAMES + VERSION;
const AT_ONCE = 6;
const REPLY_MS = 3000;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim().then(removeOld)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  // What must come from the server itself, as the self-test asks, is left alone.
  if (request.method !== "GET" || request.cache === "no-store" || !request.url.startsWith(SCOPE.href)) return;
  event.respondWith(answer(request));
});
self.addEventListener("message", (event) => {
  const type = event.data?.type;
  if (type === "take-over") self.skipWaiting();
  else if (type === "status") {
    event.waitUntil(status().then((one) => event.ports[0]?.postMessage(one)).then(removeOld));
  }
});

async function install() {
  try {
    await fetchMissing();
  } catch (error) {
    const full = error?.name === "QuotaExceededError";
    // A half copy would take the room of whatever else is kept here; on a weak line it saves the next try the first half.
    if (full) await caches.delete(NAME).catch(() => undefined);
    for (const client of await self.clients.matchAll({ includeUncontrolled: true })) {
      client.postMessage({ type: "not-kept", why: full ? "full" : "network" });
    }
    throw error;
  }
}

/** Fetch whatever of this edition is not kept yet; fails unless all of it is kept then. */
async function fetchMissing() {
  const cache = await caches.open(NAME);
  const waiting = (await missing(cache)).values();
  const one = async () => { for (const address of waiting) await keep(cache, address); };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  if ((await missing(await caches.open(NAME))).length) throw new Error("files went missing while the others were fetched");
}

async function missing(cache) {
  const kept = new Set((await cache.keys()).map((request) => request.url));
  return Object.keys(FILES).filter((address) => !kept.has(new URL(address, SCOPE).href));
}

async function keep(cache, address) {
  const url = new URL(address, SCOPE).href;
  const older = isImmutable(address) && await caches.match(url, { ignoreVary: true });
  const response = older || await checked(url, FILES[address], isImmutable(address) ? "default" : "no-cache")
    // What the browser kept from before may be damaged.
    .catch(() => checked(url, FILES[address], "reload"));
  await cache.put(url, response.clone());
  return response;
}

/** A file from the network, or an error: the browser refuses one that is not of this edition. */
async function checked(url, hash, cache) {
  const response = await fetch(url, { integrity: `sha256-${hash}`, cache, credentials: "same-origin", redirect: "error", priority: "low" });
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response;
}

async function answer(request) {
  const url = new URL(request.url);
  const address = addressOf(url);
  const moving = request.mode === "navigate";
  try {
    if (address in FILES) return await ofThisEdition(address);
    if (moving && `${address}/` in FILES) return Response.redirect(new URL(`${address}/${url.search}`, SCOPE).href);
    // A page of the edition before, still open, may ask for what belongs to it.
    const older = isImmutable(address) && await caches.match(url.origin + url.pathname, { ignoreVary: true });
    if (older) return older;
  } catch {
    // Neither kept nor to be had as it should be. A page of another edition is whole in itself; a part of it is not to be mixed in.
    if (address in FILES && !moving && !isImmutable(address)) return Response.error();
  }
  return fetch(request).catch(async () => (moving && await notHere()) || Response.error());
}

async function ofThisEdition(address) {
  const cache = await caches.open(NAME);
  return (await cache.match(new URL(address, SCOPE).href, { ignoreVary: true })) ?? keep(cache, address);
}

const notHere = () => ofThisEdition("404.html").catch(() => null);

/** The address of a file as the list has it: a page's is its folder; what was chosen (?area=) is not part of it. */
function addressOf(url) {
  return url.pathname.slice(SCOPE.pathname.length).replace(/(^|\/)index\.html$/, "$1") || "./";
}

function isImmutable(address) {
  return IMMUTABLE.some((start) => address.startsWith(start)) || /\.[0-9a-f]{8}\.(?:min\.)?(?:css|js)$/.test(address);
}

/** What a page tells its reader of this copy. Browsers take files away when a device is full: then the copy is made whole again. */
async function status() {
  const whole = await fetchMissing().then(() => true, () => false);
  const listed = await caches.match(new URL("assets-manifest.json", SCOPE).href, { cacheName: NAME, ignoreVary: true }).catch(() => null);
  return { version: VERSION, whole, made: listed?.headers.get("date") ?? null };
}

/** Old editions go once no page of theirs is open. One that does not reply may be asleep, and keeps them all. */
async function removeOld() {
  if (self.registration.installing || self.registration.waiting) return;
  const old = (await caches.keys()).filter((name) => name.startsWith(NAMES) && name !== NAME);
  if (!old.length) return;
  const open = await Promise.all((await self.clients.matchAll({ type: "window", includeUncontrolled: true })).map(versionOf));
  if (open.includes(null)) return;
  for (const name of old) if (!open.includes(name.slice(NAMES.length))) await caches.delete(name);
}

function versionOf(client) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(event.data);
    setTimeout(resolve, REPLY_MS, null);
    client.postMessage({ type: "which" }, [port2]);
  });
}
