import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '../../domain/configuration.ts';
import { canonicalJson } from '../../domain/hash.ts';
import { deploymentOf, type Deployment } from './deployment.ts';
import type { Template } from './resolve-intrinsics.ts';

const root = new URL('../../', import.meta.url).pathname;
const cacheFolder = join(root, '.cache', 'definitions');
/** What the synthesized definitions depend on. */
const sources = ['statemachines', 'contracts', 'infra'];

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/**
 * The configuration as the machines see it: targets, people and mails make no difference to a definition, so fleets of
 * any size share one synthesis.
 */
const machineConfiguration = (configuration: Configuration): Configuration => ({
  ...configuration,
  targets: { ...configuration.targets, list: [configuration.hub] },
  // Each has alarms, and no machine knows any of them.
  families: configuration.families.slice(0, 20),
  people: [],
  console: { ...configuration.console, url: null, oidc: null },
  notifications: { emails: [], slack: null },
});

/** SHA-256 over the sources of the definitions and the configuration they are built from. */
const definitionHash = (configuration: Configuration): string => {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesBelow))
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file));
  return hash.update(canonicalJson(machineConfiguration(configuration))).digest('hex');
};

/** A deployment with the hash of everything its definitions come from. */
export interface LoadedDeployment {
  readonly deployment: Deployment;
  readonly definitionSha256: string;
}

/** Where the package is installed for everybody, its user may not write: then each run synthesizes. */
const isReadOnly = (error: unknown): boolean =>
  ['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '');

const keep = (file: string, template: Template): void => {
  try {
    mkdirSync(cacheFolder, { recursive: true });
    // Two rehearsals may write at once: each writes its own file and the rename is atomic.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(template));
    renameSync(`${file}.${process.pid}`, file);
  } catch (error) {
    if (!isReadOnly(error)) throw error;
  }
};

const synthesizeAndKeep = async (configuration: Configuration, file: string): Promise<Template> => {
  const { synthesizeHub } = await import('../../infra/synthesize.ts');
  const template = synthesizeHub(machineConfiguration(configuration), { bundle: false });
  keep(file, template);
  return template;
};

/** Synthesizes the hub stack, or takes the template that an earlier rehearsal of the same sources has left. */
export const loadDeployment = async (configuration: Configuration): Promise<LoadedDeployment> => {
  const definitionSha256 = definitionHash(configuration);
  const file = join(cacheFolder, `${definitionSha256}.json`);
  const template = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Template)
    : await synthesizeAndKeep(configuration, file);
  return { deployment: deploymentOf(template, configuration.hub), definitionSha256 };
};
