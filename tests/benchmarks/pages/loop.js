// The same work each time; how long it took.
const begun = performance.now();
let number = 0;
for (let count = 0; count < 3e7; count++) number = (number * 31 + count) | 0;
postMessage(performance.now() - begun + 0 * number);
