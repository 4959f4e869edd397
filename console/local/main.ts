import { Command, InvalidArgumentError } from 'commander';
import { startLocal } from './server.ts';
import { localUsers } from './users.ts';

const number = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new InvalidArgumentError(`give a whole number from ${least} to ${most}.`);
  return value;
};

const program = new Command('npm run local --')
  .description('Runs the console on this machine over a rehearsal: no AWS account, time runs faster than it does.')
  .option('--port <number>', 'port on loopback; the identity provider has the next one', number(1, 65_534), 8080)
  .option('--speed <number>', 'virtual seconds in a real one', number(1, 3600), 60)
  .option('--scenario <name>', 'a shipped scenario or a file: its fleet and its faults', 'default')
  .option('--stacks <number>', 'size of the fleet', number(1, 500))
  .option('--data <folder>', 'where campaigns are kept from one start to the next', '.cache/local')
  .option('--fresh', 'begin anew: forget what is kept there of this scenario and fleet', false);
program.parse();
const { port, speed, scenario, stacks, data, fresh } = program.opts<{
  port: number;
  speed: number;
  scenario: string;
  stacks?: number;
  data: string;
  fresh: boolean;
}>();

const server = await startLocal({ port, speed, scenario, stacks: stacks ?? null, data, fresh }).catch(
  (error: unknown) => program.error(error instanceof Error ? error.message : String(error)),
);
const [region = '', image = ''] = Object.entries(server.world.images)[0] ?? [];
const [alice] = localUsers;
const { file, goesOn } = server.world;
const another = Object.values(server.world.later)[0];
const kept = goesOn
  ? `Its campaigns go on from ${file ?? ''}: those that ran are being restored. Begin anew with --fresh.`
  : `Campaigns are kept in ${file ?? ''}.`;
console.log(`
The console runs at ${server.url} over ${server.world.stacks} simulated stacks, ${speed} times as fast as real time.
${kept}
API: ${server.url}/openapi.json   identity provider: ${server.issuer}
Users: ${localUsers.map(({ id }) => id).join(', ')}; at the identity provider with any password.

A new image is ready: ${image} in ${region}. Open ${server.url}, sign in as alice and start a campaign; approve it as bob.${another === undefined ? '' : `\nAfter it comes ${another}.`}
By the command line:

  export AWS_ACCESS_KEY_ID=${alice?.accessKeyId ?? ''} AWS_SECRET_ACCESS_KEY=${alice?.secretAccessKey ?? ''} AWS_REGION=${region}
  npx ami-rollout start ${image} --reason "try it" --endpoint ${server.url}

Ctrl+C ends it.`);

const stop = (): void => void server.close().then(() => process.exit(0));
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
