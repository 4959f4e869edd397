import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startLocal, type LocalServer } from '../../console/local/server.ts';
import { blocksOf, needsApi } from './blocks.ts';
import { isAsShown } from './output.ts';
import { keysOf, Workspace, type Ended } from './workspace.ts';

/** Pages whose commands are run, each in a fresh checkout, from the first to the last. */
const pages = [
  'README.md',
  'docs/scenarios.md',
  'docs/deploy.md',
  'docs/operate.md',
  'docs/tag.md',
  'docs/upgrade.md',
  'docs/rehearsal.md',
  'docs/extend.md',
];

/** What pages call the image, and the campaign that the last `start` began. */
const shownImage = 'ami-0123456789abcdef0';
const shownCampaign = /ami-0123456789abcdef0-[0-9a-f]{12}/g;

const patience = 120_000;

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
  }, patience);

  afterAll(async () => {
    await local?.close();
    workspace[Symbol.dispose]();
  });

  const actual = (text: string): string => text.replaceAll(shownCampaign, campaign).replaceAll(shownImage, image);

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
          await new Promise((resolve) => setTimeout(resolve, 500));
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
