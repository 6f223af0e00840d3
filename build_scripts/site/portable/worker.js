// @ts-check
/** What a worker needs that was made from its text: the page that made it brings the files that it fetches. */
import { responseOf } from "./unpack.js";

/** @type {Map<number, {resolve: (packed: import("./unpack.js").Packed) => void, reject: (error: Error) => void}>} */
const asked = new Map();
let nextId = 1;

/** The page's first message brings the way to it, and is nobody else's. @type {Promise<MessagePort>} */
const page = new Promise((resolve) => {
  self.addEventListener("message", (event) => {
    event.stopImmediatePropagation();
    const [port] = event.ports;
    port.onmessage = ({ data }) => {
      const open = asked.get(data.id);
      asked.delete(data.id);
      if (data.packed) open?.resolve(data.packed);
      else open?.reject(new TypeError(data.error));
    };
    resolve(port);
  }, { once: true });
});

/** @param {RequestInfo | URL} input */
async function fetchFromPage(input) {
  const url = (input instanceof Request ? input.url : String(input)).split(/[?#]/)[0];
  const port = await page;
  const packed = await new Promise((resolve, reject) => {
    const id = nextId++;
    asked.set(id, { resolve, reject });
    port.postMessage({ id, url });
  });
  return responseOf(url, packed);
}

Object.assign(self, { fetch: fetchFromPage });
