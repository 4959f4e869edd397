import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { handlerNames } from '../handlers.ts';
import { ownExtension } from '../own-extension.ts';
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

const plainKeys: Plugin = {
  name: 'plain-keys',
  setup: (esbuild) => {
    esbuild.onLoad({ filter: schemas }, async ({ path }) => ({
      contents: withPlainKeys(await readFile(path, 'utf8')),
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
    plugins: [plainKeys, ownVersion, oneLanguage],
    alias: {
      '@aws-sdk/credential-provider-node': fileURLToPath(
        new URL(`./environment-credentials${ownExtension}`, import.meta.url),
      ),
    },
  });
