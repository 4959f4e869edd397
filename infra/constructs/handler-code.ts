import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Configuration } from '../../domain/configuration.ts';
import { ownExtension } from '../own-extension.ts';
import { machineDefinitions } from '../machine-definitions.ts';
import { handlerNames, type HandlerName } from '../handlers.ts';

/** Where a handler finds the configuration that was deployed beside it. */
export const configurationPath = '/var/task/rollout.json';

/** Gives each handler's code. */
export type HandlerCode = (name: HandlerName) => Code;

const bundler = fileURLToPath(new URL(`../bundling/main${ownExtension}`, import.meta.url));

/**
 * Bundles all handlers by one call of esbuild, each into a folder of its own with the configuration beside it: one start
 * of esbuild takes a tenth of the time of one for each function. The console's also has the machines beside it: its pages
 * draw them.
 *
 * @param folder - Where the bundles go; made if it is not there.
 */
export const bundledCode = (configuration: Configuration, folder: string): HandlerCode => {
  execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', bundler, folder], { stdio: 'inherit' });
  const text = JSON.stringify(configuration);
  const drawn = JSON.stringify(machineDefinitions(configuration));
  for (const name of handlerNames) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'rollout.json'), text);
    if (name === 'console') writeFileSync(join(folder, name, 'machines.json'), drawn);
  }
  return (name) => Code.fromAsset(join(folder, name));
};

/** Stands in for the code where only the template matters: it takes no time. */
export const stubCode: HandlerCode = () =>
  Code.fromInline('exports.handler = async () => { throw new Error("stub"); };');
