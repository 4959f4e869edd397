import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import rollout from '../rollout.config.ts';
import { parseConfiguration } from './config.ts';
import { synthesizeSpoke } from './synthesize.ts';

// `node infra/write-spoke-template.ts`: the template of a spoke, for a StackSet over the accounts of an organisation.
const file = new URL('../cdk.out/spoke.template.json', import.meta.url);
mkdirSync(new URL('.', file), { recursive: true });
writeFileSync(file, `${JSON.stringify(synthesizeSpoke(parseConfiguration(rollout)), null, 2)}\n`);
console.log(fileURLToPath(file));
