import type { Ports } from '../../domain/ports/index.ts';
import type { Table } from '../../domain/ports/table.ts';
import type { machineNames } from '../names.ts';

/** The table's calls; a query of its index is a right of its own. */
type TableCall = keyof Table | 'queryIndex';

/** The ports that lead to AWS; the others need no right. */
type Remote = Omit<Ports, 'acting' | 'clock' | 'configuration' | 'metrics' | 'surroundings' | 'table'>;

/** The calls that a handler's use case makes on its ports: `{ stacks: ['find', 'update'] }`. */
export type Uses = { readonly [P in keyof Remote]?: readonly Exclude<keyof Remote[P], 'bucket'>[] } & {
  readonly table?: readonly TableCall[];
};

/** How a handler is deployed. */
export interface Handler {
  /** @default 300 */
  readonly timeoutSeconds?: number;
  /** `queue`: nobody waits for its answer, so what fails in the end is kept in a dead-letter queue. `gate`: somebody's custom gate answers. @default 'state' */
  readonly called?: 'state' | 'queue' | 'api' | 'gate';
  /** The functions whose calls it queues. @default claim-stack */
  readonly queues?: readonly ('claim-stack' | 'ask-custom-gate' | 'end-gate-instances' | 'write-image-tags')[];
  /** The functions whose answers it waits for. @default those of the configuration's gates */
  readonly calls?: readonly 'inspect-stacks'[];
  /** Reads what publishers of operating systems announce in SSM. */
  readonly publicParameters?: boolean;
  /** The machines it starts, of the two. */
  readonly starts?: keyof typeof machineNames | readonly (keyof typeof machineNames)[];
  /** What the handler does outside itself; its rights are made of this and of nothing else. */
  readonly uses: Uses;
}
