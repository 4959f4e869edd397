import type { AslResultWriter } from './asl.ts';
import { Template } from './data-flow.ts';
import { PackedBytes } from '../packed-bytes.ts';
import type { EngineHost, ExecutionDescription } from './engine-host.ts';
import type { StateContext } from './evaluator.ts';
import { StatesError } from './states-error.ts';

/** Receives what became of a distributed Map's children and makes the state's result of it. */
export interface MapResults {
  add(index: number, child: ExecutionDescription): void;
  /** Called once, when no child is running any more; also when the map has failed. */
  finish(mapRunArn: string, runId: string): Promise<unknown>;
}

/** How a distributed Map keeps its results: by its ResultWriter, or as a list of outputs. */
export function mapResults(
  name: string,
  writer: AslResultWriter | undefined,
): (input: unknown, context: StateContext, host: EngineHost) => Promise<MapResults> {
  if (!writer) return () => Promise.resolve(new ListedResults());
  const template = new Template(name, writer.Parameters);
  return async (input, context, host) => {
    const { Bucket, Prefix = '' } = (await template.resolve(input, context)) as { Bucket: string; Prefix?: string };
    return new WrittenResults(host, Bucket, Prefix.replace(/\/+$/, ''));
  };
}

/** The outputs of the children that succeeded, in item order. */
class ListedResults implements MapResults {
  readonly #outputs: { readonly output: unknown }[] = [];

  add(index: number, { status, output }: ExecutionDescription): void {
    if (status === 'SUCCEEDED') this.#outputs[index] = { output };
  }

  finish(): Promise<unknown> {
    return Promise.resolve(Object.values(this.#outputs).map(({ output }) => output));
  }
}

/** Files of results in S3, and a manifest that names them; children are kept as packed only. */
class WrittenResults implements MapResults {
  readonly #host: EngineHost;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #lists: Partial<Record<'SUCCEEDED' | 'FAILED', PackedBytes>> = {};

  constructor(host: EngineHost, bucket: string, prefix: string) {
    this.#host = host;
    this.#bucket = bucket;
    this.#prefix = prefix;
  }

  add(_index: number, child: ExecutionDescription): void {
    const { executionArn, stateMachineArn, name, status, startDate, stopDate = startDate } = child;
    const file = status === 'SUCCEEDED' ? status : 'FAILED';
    const list = this.#lists[file];
    (list?.addText(',') ?? (this.#lists[file] = new PackedBytes().addText('['))).addText(
      JSON.stringify({
        ExecutionArn: executionArn,
        Input: JSON.stringify(child.input),
        InputDetails: { Included: true },
        Name: name,
        ...(status === 'SUCCEEDED' && { Output: JSON.stringify(child.output), OutputDetails: { Included: true } }),
        ...(child.error !== undefined && { Error: child.error }),
        ...(child.cause !== undefined && { Cause: child.cause }),
        StartDate: new Date(startDate).toISOString(),
        StateMachineArn: stateMachineArn,
        Status: status,
        StopDate: new Date(stopDate).toISOString(),
      }),
    );
  }

  async finish(mapRunArn: string, runId: string): Promise<unknown> {
    const folder = this.#prefix === '' ? runId : `${this.#prefix}/${runId}`;
    const manifest = {
      DestinationBucket: this.#bucket,
      MapRunArn: mapRunArn,
      ResultFiles: {
        FAILED: await this.#write(`${folder}/FAILED_0.json`, this.#lists.FAILED),
        PENDING: [],
        SUCCEEDED: await this.#write(`${folder}/SUCCEEDED_0.json`, this.#lists.SUCCEEDED),
      },
    };
    const Key = `${folder}/manifest.json`;
    await this.#put(Key, new PackedBytes().addText(JSON.stringify(manifest)));
    return { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket: this.#bucket, Key } };
  }

  async #write(Key: string, list: PackedBytes | undefined): Promise<{ Key: string; Size: number }[]> {
    if (list === undefined) return [];
    await this.#put(Key, list.addText(']'));
    return [{ Key, Size: list.length }];
  }

  async #put(key: string, body: PackedBytes): Promise<void> {
    try {
      await this.#host.writeResults(this.#bucket, key, body);
    } catch (error) {
      throw new StatesError('States.ResultWriterFailed', error instanceof Error ? error.message : String(error));
    }
  }
}
