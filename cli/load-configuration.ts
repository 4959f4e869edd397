import { statSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UsageError } from './usage-error.ts';

const fileName = 'rollout.config.ts';

/** A configuration as its file exports it, unchecked. */
export interface LoadedConfiguration {
  readonly file: string;
  readonly configuration: unknown;
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** The file asked for, else the working directory's, else the one that comes with the project. */
const fileOf = (asked: string | undefined): string => {
  if (asked !== undefined) {
    if (isFile(asked)) return asked;
    throw new UsageError(`there is no configuration ${asked}: give --config a file, or leave it out for ${fileName}`);
  }
  if (isFile(fileName)) return fileName;
  // Compiled where the project is installed as a package.
  const shipped = fileName.replace('.ts', extname(fileURLToPath(import.meta.url)));
  return fileURLToPath(new URL(`../${shipped}`, import.meta.url));
};

/**
 * Loads a `rollout.config.ts`.
 *
 * @throws UsageError when there is none, or when it is no module that exports a configuration
 */
export const loadConfiguration = async (asked?: string): Promise<LoadedConfiguration> => {
  const file = fileOf(asked);
  let loaded: { readonly default?: unknown };
  try {
    loaded = (await import(pathToFileURL(resolve(file)).href)) as typeof loaded;
  } catch (cause) {
    const { message, stack = '' } = cause instanceof Error ? cause : new Error(String(cause));
    const line = stack.split(`${basename(file)}:`)[1]?.match(/^\d+/)?.[0];
    throw new UsageError(`${file}${line === undefined ? '' : `, line ${line}`} cannot be loaded: ${message}`, {
      cause,
    });
  }
  if (typeof loaded.default !== 'object' || loaded.default === null)
    throw new UsageError(`${file} exports no configuration: it must say \`export default defineRollout({ … })\``);
  return { file, configuration: loaded.default };
};
