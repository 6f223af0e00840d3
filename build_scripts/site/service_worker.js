// Offline use: the site's own files and nothing else are kept. Nothing that anybody enters passes through here.
// Pages come from the network where there is one, so that new rules are seen at once; else from what was kept.
const VERSION = "__VERSION__";
const FIRST = "__FIRST__";
const LATER = "__LATER__";
const IMMUTABLE = "__IMMUTABLE__";
const NAME = `handbook-${VERSION}`;
const NETWORK_FIRST_MS = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(NAME);
    await cache.addAll(FIRST);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    await self.clients.claim();
    const cache = await caches.open(NAME);
    const missing = [];
    for (const address of LATER) if (!(await cache.match(address))) missing.push(address);
    // A few at a time, and one that fails is only not kept.
    for (let at = 0; at < missing.length; at += 8) {
      await Promise.allSettled(missing.slice(at, at + 8).map((address) => cache.add(address)));
    }
    for (const name of await caches.keys()) if (name.startsWith("handbook-") && name !== NAME) await caches.delete(name);
  })());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const scope = new URL(self.registration.scope);
  if (event.request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  const path = url.pathname.slice(scope.pathname.length);
  event.respondWith(IMMUTABLE.some((start) => path.startsWith(start)) ? kept(event.request) : fresh(event.request));
});

async function kept(request) {
  const cache = await caches.open(NAME);
  return (await cache.match(request)) ?? keep(cache, request, await fetch(request));
}

async function fresh(request) {
  const cache = await caches.open(NAME);
  const stored = await cache.match(request, { ignoreSearch: true });
  const answer = fetch(request).then((response) => keep(cache, request, response));
  if (!stored) return answer.catch(() => notHere(cache, request));
  answer.catch(() => undefined);
  const late = new Promise((resolve) => { setTimeout(resolve, NETWORK_FIRST_MS, stored); });
  return Promise.race([answer.catch(() => stored), late]);
}

// Kept under its address alone: a page is the same whatever area was chosen and whatever a link holds behind its #, and neither is to
// be stored.
async function keep(cache, request, response) {
  if (!response.ok || response.type !== "basic") return response;
  const [address] = request.url.split(/[?#]/);
  const copy = response.clone();
  // A response remembers the address it was asked under; one that is made anew does not.
  await cache.put(address, address === request.url ? copy : new Response(copy.body, copy));
  return response;
}

async function notHere(cache, request) {
  if (request.mode !== "navigate") return Response.error();
  const page = await cache.match("404.html");
  return page ?? Response.error();
}
