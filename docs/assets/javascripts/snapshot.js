// @ts-check
/**
 * A picture of Python's memory, taken once it has read the rules and before anything was asked of it, so that the next start on this
 * device need not start Python, read modules or read rules again. It holds nothing that anybody entered.
 *
 * The browser keeps it beside the site's own files, where it keeps files at all. It is of one runtime, one engine, one set of rules and
 * one version of the browser; what does not fit, or is not what it was, is not used. Without it everything works as at the first time.
 */

// Taken only where there is room for much more than it: the site's own copy for offline use comes first.
const ROOM = 500e6;
const HASH = "x-sha-256";

/**
 * @param {import("./worker.js").Assets} assets
 * @returns {{name: string, url: string}} the cache, and the address that the picture has in it
 */
function placeOf({ base, runtime, engine, rulesHash }) {
  const file = engine.split("/").pop();
  return {
    // The address is in it because other sites of this server share the storage.
    name: `python ${new URL(base).pathname}`,
    url: new URL(`started/${rulesHash}/${file}/${encodeURIComponent(navigator.userAgent)}`, runtime).href,
  };
}

/**
 * @param {import("./worker.js").Assets} assets
 * @returns {Promise<Uint8Array | null>} null where none is kept, or none that is whole
 */
export async function keptSnapshot(assets) {
  try {
    const { name, url } = placeOf(assets);
    if (!(await caches.has(name))) return null;
    const response = await (await caches.open(name)).match(url);
    if (!response) return null;
    const bytes = await response.arrayBuffer();
    if (response.headers.get(HASH) === await hashOf(bytes)) return new Uint8Array(bytes);
    await caches.delete(name);
  } catch {
    // No such storage, or none that works.
  }
  return null;
}

/**
 * Keep a picture in place of those before it; harmless where there is no room.
 *
 * @param {import("./worker.js").Assets} assets
 * @param {Uint8Array} bytes
 */
export async function keepSnapshot(assets, bytes) {
  try {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    if (quota - usage < ROOM) return;
    const { name, url } = placeOf(assets);
    const headers = { "Content-Type": "application/octet-stream", [HASH]: await hashOf(bytes) };
    await caches.delete(name);
    await (await caches.open(name)).put(url, new Response(bytes, { headers }));
  } catch {
    // As above, or the device is fuller than it says: browsers need not tell how full.
    await forgetSnapshot(assets);
  }
}

/** @param {import("./worker.js").Assets} assets */
export async function forgetSnapshot(assets) {
  try {
    await caches.delete(placeOf(assets).name);
  } catch {
    // Then there is none.
  }
}

/** Whether a picture could be kept here: not over plain http, and not where storage is shut. */
export function canKeepSnapshots() {
  return "caches" in globalThis && Boolean(globalThis.crypto?.subtle && globalThis.navigator?.storage?.estimate);
}

/** @param {ArrayBuffer | Uint8Array} bytes */
async function hashOf(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((one) => one.toString(16).padStart(2, "0")).join("");
}
