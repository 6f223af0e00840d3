// Orders come in as lines of JSON, and each is answered by a line of JSON: {"value"} or {"trouble"}. See firefox.py.
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const browser = await puppeteer.launch({ browser: "firefox", protocol: "webDriverBiDi", executablePath: process.argv[2], headless: true });
const page = await browser.newPage();
await page.setViewport({ width: 1280, height: 800 });
let said = [];
page.on("console", (message) => { if (message.type() === "error") said.push(message.text()); });
page.on("pageerror", (error) => said.push(String(error?.message ?? error)));

const DO = {
  start: () => browser.version(),
  open: async ({ address }) => { await page.goto(address, { waitUntil: "load", timeout: 90_000 }); },
  run: ({ script }) => page.evaluate(script),
  click: async ({ selector }) => {
    // A page may still be putting its parts in place.
    for (const until = Date.now() + 5000; Date.now() < until; await new Promise((then) => { setTimeout(then, 100); })) {
      for (const one of await page.$$(selector)) {
        if (await one.isVisible().catch(() => false)) return await one.click();
      }
    }
    throw new Error(`nothing of ${selector} can be seen`);
  },
  press: ({ key }) => page.keyboard.press(key),
  write: ({ text }) => page.keyboard.type(text),
  said: () => { const told = said; said = []; return told; },
  picture: async ({ path }) => { await page.screenshot({ path }); },
  close: () => browser.close(),
};

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  let reply;
  try {
    reply = { value: (await DO[order.do](order)) ?? null };
  } catch (error) {
    reply = { trouble: String(error?.message ?? error) };
  }
  process.stdout.write(JSON.stringify(reply) + "\n");
  if (order.do === "close") break;
}
process.exit();
