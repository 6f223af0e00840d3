// The first answer as the site's own pages get it. What it is asked stands in setting.json.
const setting = await (await fetch("setting.json")).json();
const { createEngine } = await import(setting.engine_script);
const reply = await createEngine({ baseUrl: new URL("../", location.href) }).ask(setting.request);
globalThis.measured = { milliseconds: performance.now(), reply };
