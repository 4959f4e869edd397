import { rehearse } from '../../rehearsal/rehearse.ts';
import { scenarioOf } from '../../rehearsal/scenario/parse-scenario.ts';
import configuration from '../../rollout.config.ts';

// Runs in a process of its own, so that peak memory is the rehearsal's: `node bench/rehearsals/measure.ts SCENARIO [EVENTS]`,
// the scenario as JSON, and where the event log is to go. Prints the report with numbers of stacks in place of their list.
const [scenario = '{}', eventsFile] = process.argv.slice(2);
const before = process.cpuUsage();
const { stacks, ...report } = await rehearse(scenarioOf(JSON.parse(scenario), 'the bench'), {
  configuration,
  ...(eventsFile === undefined ? {} : { eventsFile }),
});
const { user, system } = process.cpuUsage(before);
const count = (status: string) => stacks.filter((stack) => stack.status === status).length;
const updated = stacks.filter(({ touched }) => touched).length;
console.log(JSON.stringify({ ...report, cpuSeconds: (user + system) / 1e6, updated, restored: count('restored') }));
