import { bundleHandlers } from './bundle-handlers.ts';

// `node infra/bundling/main.ts FOLDER`: a process of its own, since the CDK wants the code at once and esbuild calls its plugins
// later.
const [folder = ''] = process.argv.slice(2);
await bundleHandlers(folder);
