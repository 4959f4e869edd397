import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A shape as a service's own model describes it. */
export interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly required?: readonly string[];
  /** Of a list. */
  readonly member?: { readonly shape: string };
  /** Of a map. */
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

/** What a service says of itself: its operations and the shapes of their requests and answers. */
export interface ServiceModel {
  readonly operations: Readonly<
    Record<string, { readonly input?: { readonly shape: string }; readonly output?: { readonly shape: string } }>
  >;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** Where botocore keeps the models, as AWS publishes them; null where it is not installed. */
export const modelFolder = ((): string | null => {
  const print = 'import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), "data"))';
  const { status, stdout } = spawnSync('python3', ['-c', print], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
})();

/** Folders of services whose IAM prefix is another. */
const folders: Readonly<Record<string, string>> = { elasticloadbalancing: 'elbv2', states: 'stepfunctions' };

const models = new Map<string, ServiceModel>();

/** The model of a service, by its IAM prefix. */
export const serviceModel = (service: string): ServiceModel => {
  const known = models.get(service);
  if (known !== undefined) return known;
  if (modelFolder === null) throw new Error('botocore is not installed');
  const folder = join(modelFolder, folders[service] ?? service);
  const file = join(folder, readdirSync(folder).sort().at(-1) ?? '', 'service-2.json');
  const text = existsSync(file) ? readFileSync(file) : gunzipSync(readFileSync(`${file}.gz`));
  const model = JSON.parse(text.toString()) as ServiceModel;
  models.set(service, model);
  return model;
};
