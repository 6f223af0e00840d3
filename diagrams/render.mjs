// Draws a batch of graphs in one process. Standard input: {"name": "DOT text", …};
// standard output: {"graphviz": version, "drawn": {"name": "SVG text", …}, "refused": {"name": "why", …}}.
import { readFileSync } from "node:fs";
import { Graphviz } from "@hpcc-js/wasm-graphviz";

const graphs = JSON.parse(readFileSync(0, "utf8"));
const graphviz = await Graphviz.load();
const answer = { graphviz: graphviz.version(), drawn: {}, refused: {} };
for (const [name, dot] of Object.entries(graphs)) {
  try {
    answer.drawn[name] = graphviz.layout(dot, "svg", "dot");
  } catch (problem) {
    answer.refused[name] = String(problem?.message ?? problem);
  }
}
process.stdout.write(JSON.stringify(answer));
