// @ts-check
/** Offline use: the browser keeps the site's own files where it can (https, or this very machine). Nothing else is kept. */

const WORKER = new URL("../../sw.js", import.meta.url);

/** Ask the browser to keep the site. It is a bonus: where it cannot, everything else works. */
export function keepForOffline() {
  if (!window.isSecureContext || !("serviceWorker" in navigator)) return;
  const register = () => navigator.serviceWorker.register(WORKER, { scope: new URL("./", WORKER).href }).catch(() => undefined);
  if (document.readyState === "complete") register();
  else window.addEventListener("load", register, { once: true });
}
