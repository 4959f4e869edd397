import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { handlerNames } from '../handlers.ts';
import { ownExtension } from '../own-extension.ts';
import { withoutPlainErrors } from './plain-errors.ts';
import { withPlainKeys } from './plain-keys.ts';

const handlersFolder = fileURLToPath(new URL('../../handlers/', import.meta.url));

/** CommonJS dependencies call `require` for Node's own modules, which an ES module does not have. */
const banner = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

/** How a function's code is bundled. The SDK is bundled too, so that what was tested is what runs. */
export const bundleOptions = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: { js: banner },
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** The modules in which the SDK keeps the schemas of a service's operations. */
const schemas = /[\\/]@aws-sdk[\\/][\w-]+[\\/]dist-es[\\/](submodules[\\/][\w-]+[\\/])?schemas[\\/]schemas_\d+\.js$/;

/** Some services have errors that say whether to try again; all errors of those stay. */
const withoutErrors = async (path: string, source: string): Promise<string> => {
  const classes = await readFile(join(dirname(path), '../models/errors.js'), 'utf8').catch(() => '$retryable');
  return classes.includes('$retryable') ? source : withoutPlainErrors(source);
};

/** Leaves out the schemas of operations and errors that a bundle does not use. */
export const plainKeys: Plugin = {
  name: 'plain-keys',
  setup: (esbuild) => {
    esbuild.onLoad({ filter: schemas }, async ({ path }) => ({
      contents: withPlainKeys(await withoutErrors(path, await readFile(path, 'utf8'))),
    }));
  },
};

/** Each client of the SDK imports the description of its package, and reads its version only. */
const ownVersion: Plugin = {
  name: 'own-version',
  setup: (esbuild) => {
    esbuild.onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[\w-]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { readonly version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** zod brings its messages in fifty languages and speaks the one that it is told to, which is English. */
const oneLanguage: Plugin = {
  name: 'one-language',
  setup: (esbuild) => {
    esbuild.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

/** The package hands its own import of zod on, all of it, though it needs one class; the API names what it uses. */
const usedSchemas: Plugin = {
  name: 'used-schemas',
  setup: (esbuild) => {
    esbuild.onLoad({ filter: /[\\/]@hono[\\/]zod-openapi[\\/]dist[\\/]index\.mjs$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(
        'import { z } from "zod";',
        'import { ZodType } from "zod"; const z = { ZodType };',
      ),
    }));
  },
};

/** Every client can read event streams; no operation that we use has one. */
const noEventStreams: Plugin = {
  name: 'no-event-streams',
  setup: (esbuild) => {
    esbuild.onLoad(
      { filter: /[\\/]@smithy[\\/]core[\\/]dist-es[\\/]submodules[\\/]event-streams[\\/]index\.js$/ },
      () => ({
        contents: `
        const leftOut = () => { throw new Error('event streams are left out of the bundles: infra/bundling'); };
        export const resolveEventStreamSerdeConfig = (config) => config;
        export const eventStreamSerdeProvider = leftOut;
        export class EventStreamSerde { constructor() { leftOut(); } }
      `,
      }),
    );
  },
};

/** Bundles all handlers, each into a folder of its own. */
export const bundleHandlers = (folder: string) =>
  build({
    ...bundleOptions,
    entryPoints: handlerNames.map((name) => ({
      in: join(handlersFolder, `${name}${ownExtension}`),
      out: `${name}/index`,
    })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    plugins: [plainKeys, ownVersion, oneLanguage, usedSchemas, noEventStreams],
    alias: {
      '@aws-sdk/credential-provider-node': fileURLToPath(
        new URL(`./environment-credentials${ownExtension}`, import.meta.url),
      ),
    },
  });
