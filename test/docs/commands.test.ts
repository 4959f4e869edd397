import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startLocal, type LocalServer } from '../../console/local/server.ts';
import { root } from '../scripts/scratch-folder.ts';
import { blocksOf, needsApi } from './blocks.ts';
import { isAsShown } from './output.ts';
import { keysOf, Workspace, type Ended } from './workspace.ts';

/** Pages that show commands, but for those for contributors, who run the tests themselves. */
const pages = [
  'README.md',
  'examples/images/README.md',
  'examples/stacks/README.md',
  ...readdirSync(`${root}docs`)
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
].filter((page) => blocksOf(page).length > 0);

/** What pages call the image, and the campaign that the last `start` began. */
const shownImage = 'ami-0123456789abcdef0';
const shownCampaign = /ami-0123456789abcdef0-[0-9a-f]{12}|\bCAMPAIGN\b/g;

/** What a reader puts in. */
const placeholders: Readonly<Record<string, string>> = {
  FAMILY: 'al2023-base',
  STACK: 'web',
  'ami-rollout-HANDLER': 'ami-rollout-claim-stack',
  QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/111122223333/ami-rollout-failures',
  RECEIPT_HANDLE: 'AQEB',
};

const patience = 120_000;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500));

describe.each(pages)('%s: every command does what the page says', (page) => {
  const blocks = blocksOf(page);
  let workspace: Workspace;
  let local: LocalServer | undefined;
  let image = shownImage;
  let campaign = '';

  beforeAll(async () => {
    workspace = new Workspace();
    if (!needsApi(page)) return;
    local = await startLocal({ port: 0, scenario: 'default', stacks: 8, speed: 3_600 });
    image = Object.values(local.world.images)[0] ?? '';
    // A page that says CAMPAIGN is about one that has been there before.
    if (!blocks.some(({ commands }) => /\bCAMPAIGN\b/.test(commands))) return;
    await run(`npx ami-rollout start ${image} --reason docs --no-wait`, 'alice');
    const approve = `npx ami-rollout approve ${campaign} --ring canary --reason docs`;
    for (let tries = 0; tries < 40 && (await run(approve, 'bob')).code !== 0; tries += 1) await pause();
    await run(`npx ami-rollout watch ${campaign}`, 'alice');
  }, patience);

  afterAll(async () => {
    await local?.close();
    workspace[Symbol.dispose]();
  });

  const actual = (text: string): string =>
    Object.entries(placeholders).reduce(
      (so, [placeholder, value]) => so.replaceAll(new RegExp(`\\b${placeholder}\\b`, 'g'), value),
      text.replaceAll(shownCampaign, campaign).replaceAll(shownImage, image),
    );

  const run = async (commands: string, user: string): Promise<Ended> => {
    const variables = local === undefined ? {} : { ...keysOf(user), AMI_ROLLOUT_ENDPOINT: local.url };
    const ended = await workspace.run(actual(commands), variables);
    campaign = /^Campaign (\S+) was started/m.exec(ended.output)?.[1] ?? campaign;
    return ended;
  };

  for (const { title, commands, output, options } of blocks) {
    if (options.skip !== null) {
      it.todo(`${title} (not run: ${options.skip})`);
      continue;
    }
    it(
      title,
      async () => {
        let ended = await run(commands, options.user);
        for (let tries = 0; options.retry && ended.code !== options.exit && tries < 40; tries += 1) {
          await pause();
          ended = await run(commands, options.user);
        }
        expect(ended).toEqual({ code: options.exit, output: ended.output });
        const shown = actual(output ?? '…');
        if (!isAsShown(shown, ended.output)) expect(ended.output).toBe(shown);
      },
      patience,
    );
  }
});
