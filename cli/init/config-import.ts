import { createRequire } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConfigImport } from './configuration-text.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Types are stripped outside `node_modules` only: in a clone the sources are what is imported. */
const isClone = import.meta.url.endsWith('.ts');

/** How a configuration in that file imports `defineRollout`: the clone's source, the installed package, or not at all. */
export const configImport = (file: string): ConfigImport => {
  if (isClone) {
    const path = relative(dirname(resolve(file)), resolve(root, 'infra/config.ts')).replaceAll('\\', '/');
    return path.startsWith('.') ? path : `./${path}`;
  }
  try {
    createRequire(resolve(file)).resolve('ami-rollout/config');
    return 'ami-rollout/config';
  } catch {
    return null;
  }
};
