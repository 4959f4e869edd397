// Adds `.openapi(…)` to the schemas, which has to happen before the first one is made.
import '@hono/zod-openapi';

/** zod as the API's schemas use it: `import * as z`, so that a bundle carries only what is used of it. */
export * from 'zod';
