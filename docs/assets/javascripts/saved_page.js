// @ts-check
/**
 * A result as one HTML file to be kept: what the page shows of it, with a look of its own and nothing that leads outside.
 * It holds no script, no link and no address, and its policy forbids all of them; any browser shows it, in any year.
 */
import { h } from "./dom.js";

const STYLE = `:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:46rem;overflow-wrap:break-word;padding:1rem}
h1{font-size:1.5rem}h2{font-size:1.25rem}h3{font-size:1.1rem}h4,h5{font-size:1rem}
h1,h2,h3,h4,h5,p,ul,ol,dl,dd{margin:.5rem 0}h2,h3{margin-top:1.5rem}
dt{font-weight:700}dd{margin-left:1rem}details{margin:.5rem 0}summary{cursor:pointer;font-weight:600;min-height:2.75rem;align-content:center}
pre{overflow:auto;padding:.5rem;white-space:pre-wrap}pre,.hb-badge{border:1px solid}
.hb-badge{border-radius:.3rem;font-size:.85rem;font-weight:700;margin-right:.5rem;padding:0 .3rem}
.hb-badge+.hb-action__text,.hb-badge+p{display:inline}.hb-action__text>:first-child{display:inline}
.hb-days{list-style:none;padding:0}.hb-day{display:flex;flex-wrap:wrap;gap:.75rem}.hb-day__mark{min-width:2rem}
.hb-figures>div{display:flex;flex-wrap:wrap;gap:0 .75rem}.hb-figures dd{margin:0}.hb-figures>div{margin:.5rem 0}
.hb-cite{display:block}.hb-head{border-left:.4rem solid;padding-left:1rem}.hb-cite,.hb-foot,.kept{font-size:.9rem}.kept{border:1px solid;padding:.25rem 1rem}
@media print{body{max-width:none;padding:0}h1,h2,h3,h4,h5,summary{break-after:avoid}details::details-content{content-visibility:visible;block-size:auto}}
`;

/** What becomes what; every other element becomes a span. */
const KEPT = new Set("section header footer h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd div span strong em code pre details summary table thead tbody tr th td caption abbr br".split(" "));
/** What has no use on paper, is not to be read, or is still that of the answer before. */
const LEFT = "button, input, select, textarea, form, svg, script, style, template, [hidden], .hb-afterwards, .hb-copy, .headerlink, .hb-due__calendar, [data-held]";
/** The full list of rules looked at and the longer lists of other ways wait to be unfolded. */
const FOLDED = /^(trace|change-)/;

/**
 * A copy of what is shown, without controls, links, identifiers and whatever else is the page's own.
 * @param {Node} node @param {(element: Element) => boolean} leave what else is left out @returns {Node | string | null}
 */
function copyOf(node, leave) {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (!(node instanceof Element) || node.matches(LEFT) || leave(node)) return null;
  const tag = node.tagName.toLowerCase();
  const classes = [...node.classList].filter((name) => name.startsWith("hb-")).join(" ");
  const open = tag === "details" && !FOLDED.test(node.getAttribute("data-fold") ?? "");
  const made = h(KEPT.has(tag) ? tag : "span", { class: classes || null, open, title: tag === "abbr" && node.getAttribute("title") });
  for (const child of node.childNodes) {
    const copy = copyOf(child, leave);
    if (copy !== null) made.append(copy);
  }
  return made;
}

/** @param {string} text */
const escaped = (text) => h("p", null, text).innerHTML.replaceAll('"', "&quot;");

/**
 * @param {object} page
 * @param {string} page.title
 * @param {string[]} page.kept lines for the top: when, for which date and place, by which rules
 * @param {Iterable<Element>} page.shown the parts of the result as they stand on the page
 * @param {string[]} page.again how to work it out again: a line, then what to type
 * @param {string} page.warning what to know before relying on it
 * @param {(element: Element) => boolean} [page.leave] what else of the parts is left out
 */
export function savedPage({ title, kept, shown, again, warning, leave = () => false }) {
  const body = h("main", null, h("h1", null, title), h("div", { class: "kept" }, ...kept.map((line) => h("p", null, line))));
  for (const part of shown) {
    const copy = copyOf(part, leave);
    if (copy !== null) body.append(copy);
  }
  const [lead, ...typed] = again;
  body.append(h("section", { class: "hb-part" }, h("h2", null, "To work it out again"), h("p", null, lead), ...typed.map((line) => h("pre", null, line))),
    h("p", { class: "hb-foot" }, warning));
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>
${STYLE}</style>
</head>
<body>
${body.outerHTML}
</body>
</html>
`;
}
