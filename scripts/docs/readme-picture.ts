import { readFileSync } from 'node:fs';
import type { AslMachine } from '../../domain/machine/asl.ts';
import { overview } from '../../cli/graph/overview.ts';
import { parseConfiguration } from '../../infra/config.ts';
import { loadDeployment } from '../../rehearsal/definitions/load-deployment.ts';
import rollout from '../../rollout.config.ts';

const picture = /(<!-- The picture is made by `npm run docs`. -->\n+```mermaid\n)[^]*?(```)/;

/** The README with its picture as the campaign's machine is now, synthesized from the shipped configuration. */
export const readmeWithPicture = async (): Promise<string> => {
  const text = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  if (!picture.test(text)) throw new Error('README.md has no picture: the mark before its mermaid block is missing');
  const { deployment } = await loadDeployment(parseConfiguration(rollout));
  const campaign = deployment.machines.find(({ name }) => name.endsWith('-campaign'));
  if (campaign === undefined) throw new Error('the deployment has no campaign machine');
  const drawn = overview(campaign.definition as AslMachine);
  return text.replace(picture, (_, before: string, after: string) => `${before}${drawn}${after}`);
};
