// Runs in a process of its own: `node bench/bundles/import-time.ts URL` prints how long that import takes, in milliseconds.
const [url = ''] = process.argv.slice(2);
const began = performance.now();
await import(url);
console.log(JSON.stringify(performance.now() - began));
