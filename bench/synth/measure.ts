import { parseConfiguration } from '../../infra/config.ts';
import { synthesizeHub } from '../../infra/synthesize.ts';
import rollout from '../../rollout.config.ts';

// Runs in a process of its own: prints the milliseconds of a synthesis without and with the handlers' code. The CDK's import
// is in neither: the process's start is measured apart.
const configuration = parseConfiguration(rollout);
const timed = (bundle: boolean): number => {
  const began = performance.now();
  synthesizeHub(configuration, { bundle });
  return performance.now() - began;
};
const importMs = performance.now();
console.log(JSON.stringify({ importMs, definitionsMs: timed(false), withBundlesMs: timed(true) }));
