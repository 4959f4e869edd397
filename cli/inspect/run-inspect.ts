import { inspectTemplate } from '../../domain/template/inspect.ts';
import type { Inspection } from '../../domain/template/inspection.ts';
import { ExitCode } from '../exit-code.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { readTemplate } from './read-template.ts';
import { standardInputFor } from '../standard-input.ts';
import { inspectionSummary } from './summary.ts';

/** The arguments of `ami-rollout inspect`. */
export interface InspectArguments {
  readonly template: string;
  readonly parameter?: string;
  readonly json?: boolean;
}

/** Exactly what `--json` promises, whatever else an inspection knows. */
const jsonOf = ({ imageParameters, groups, standaloneInstances, eligible, reasons }: Inspection) => ({
  imageParameters: imageParameters.map(({ name, type, mode, resources }) => ({ name, type, mode, resources })),
  groups: groups.map(({ logicalId, replacement }) => ({ logicalId, replacement })),
  standaloneInstances,
  eligible,
  reasons,
});

/** Inspects a template and prints the result; gives the exit code. */
export const runInspect = async ({ template, parameter, json }: InspectArguments): Promise<number> => {
  const read = readTemplate(template, await standardInputFor(template));
  const inspection = inspectTemplate(read, parameter === undefined ? {} : { parameter });
  const terminal = standardOutput();
  terminal.write(
    json === true ? `${JSON.stringify(jsonOf(inspection), null, 2)}\n` : inspectionSummary(inspection, terminal),
  );
  return ExitCode.Done;
};
