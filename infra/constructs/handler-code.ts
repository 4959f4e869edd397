import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import type { Configuration } from '../../domain/configuration.ts';
import { handlerNames, type HandlerName } from '../handlers.ts';

/** Where a handler finds the configuration that was deployed beside it. */
export const configurationPath = '/var/task/rollout.json';

/** Gives each handler's code. */
export type HandlerCode = (name: HandlerName) => Code;

const handlersFolder = fileURLToPath(new URL('../../handlers/', import.meta.url));

/** CommonJS dependencies call `require` for Node's own modules, which an ES module does not have. */
const banner = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

/**
 * Bundles all handlers by one call of esbuild, each into a folder of its own with the configuration beside it: one start
 * of esbuild takes a tenth of the time of one for each function. The SDK is bundled, so that what was tested is what runs.
 *
 * @param folder - Where the bundles go; made if it is not there.
 */
export const bundledCode = (configuration: Configuration, folder: string): HandlerCode => {
  buildSync({
    entryPoints: handlerNames.map((name) => ({ in: join(handlersFolder, `${name}.ts`), out: `${name}/index` })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: banner },
    legalComments: 'none',
    logLevel: 'warning',
  });
  const text = JSON.stringify(configuration);
  for (const name of handlerNames) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'rollout.json'), text);
  }
  return (name) => Code.fromAsset(join(folder, name));
};

/** Stands in for the code where only the template matters: it takes no time. */
export const stubCode: HandlerCode = () =>
  Code.fromInline('exports.handler = async () => { throw new Error("stub"); };');
