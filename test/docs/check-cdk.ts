import { matchesGlob } from 'node:path';
import { parseArgs } from 'node:util';
import { parseConfiguration } from '../../infra/config.ts';
import { product } from '../../infra/names.ts';
import { spokes } from '../../infra/spokes.ts';
import rollout from '../../rollout.config.ts';

// What a page's `npx cdk …` names has to be there; nothing is deployed.
const { positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: { profile: { type: 'string' }, context: { type: 'string', short: 'c' } },
});
const [verb = '', ...names] = positionals;
const stacks = [
  product,
  ...spokes(parseConfiguration(rollout)).map(({ account, region }) => `${product}-spoke-${account}-${region}`),
];
const isKnown: Readonly<Record<string, (name: string) => boolean>> = {
  bootstrap: (name) => /^aws:\/\/\d{12}\/[a-z]+-[a-z]+-\d$/.test(name),
  deploy: (pattern) => stacks.some((stack) => matchesGlob(stack, pattern)),
  diff: (pattern) => stacks.some((stack) => matchesGlob(stack, pattern)),
};
if (verb === 'list') console.log(stacks.join('\n'));
else if (isKnown[verb] === undefined) throw new Error(`cdk ${verb}: nobody has said how to check it`);
else
  for (const name of names)
    if (!isKnown[verb](name)) throw new Error(`cdk ${verb} ${name}: there are ${stacks.join(', ')}`);
