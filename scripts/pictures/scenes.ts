import { onStage, type Stage } from './stage.ts';

/** A page at a moment worth a picture. */
export interface Scene {
  readonly name: string;
  readonly path: string;
  readonly html: string;
}

const begin = (stage: Stage, reason: string): Promise<string> =>
  stage.post('alice', '/start', {
    imageId: stage.image,
    region: 'eu-west-1',
    reason,
    key: `pictures-${reason.length}`,
    decision: 'start',
  });

const approve = async (stage: Stage, path: string, reason: string): Promise<void> => {
  const approval = `${path}/approval/canary`;
  const planHash = /name="planHash" value="(\w+)"/.exec(await stage.get('bob', approval))?.[1] ?? '';
  await stage.post('bob', approval, { decision: 'approve', reason, planHash });
};

const asked = 'Approval of ring canary: open';

/** A campaign that is approved and promoted. */
const promoted = (scenes: Scene[]): Promise<void> =>
  onStage(
    { name: 'pictures', seed: 7, fleet: { accounts: 3, regions: ['eu-west-1', 'us-east-1'], stacks: 40 } },
    async (stage) => {
      const scene = async (name: string, path: string): Promise<void> =>
        void scenes.push({ name, path, html: await stage.get('bob', path) });
      const path = await begin(stage, 'Patch day: openssl');
      await scene('begun', path);
      await stage.until(path, 'now</span>');
      await stage.pass(5);
      await scene('gates', path);
      await stage.until(path, asked);
      await scene('waiting', path);
      await scene('approval', `${path}/approval/canary`);
      await approve(stage, path, 'Canaries are healthy');
      await stage.pass(9);
      await scene('in-work', path);
      await stage.until(path, 'good">PROMOTED</span>');
      await scene('promoted', path);
      await scene('family', '/families/al2023-base');
      await scene('drift', '/drift');
      await scene('timeline', `${path}/timeline`);
      await scene('campaigns', '/');
      await scene('start', '/start');
      await scene('states', '/states');
    },
  );

/** A campaign whose full ring breaks in several ways, and is put back. */
const restored = (scenes: Scene[]): Promise<void> =>
  onStage(
    { name: 'pictures', seed: 11, fleet: { accounts: 3, regions: ['eu-west-1', 'us-east-1'], stacks: 60 } },
    async (stage) => {
      const scene = async (name: string, path: string): Promise<void> =>
        void scenes.push({ name, path, html: await stage.get('bob', path) });
      const path = await begin(stage, 'Patch day');
      await stage.until(path, asked);
      const html = await stage.get('bob', `${path}?ring=full&status=pending`);
      const names = [...html.matchAll(/data-label="Stack">([^<]+)</g)].map(([, name]) => name ?? '');
      for (const [index, stack] of names.slice(0, 6).entries())
        await stage.post('alice', '/local/break', {
          stack,
          campaign: path.split('/').at(-1) ?? '',
          decision: index % 3 === 2 ? 'instancesUnhealthy' : 'updateFails',
        });
      await approve(stage, path, 'Canaries are healthy');
      await stage.until(path, 'turned back here');
      await scene('restoring', path);
      await stage.until(path, 'bad">RESTORED</span>');
      await scene('restored', path);
    },
  );

/** Thousands of stacks, halted in the middle. */
const large = (scenes: Scene[]): Promise<void> =>
  onStage(
    { name: 'pictures', seed: 3, fleet: { accounts: 10, regions: ['eu-west-1', 'us-east-1'], stacks: 1500 } },
    async (stage) => {
      const path = await begin(stage, 'Patch day');
      await stage.until(path, asked);
      await approve(stage, path, 'Canaries are healthy');
      await stage.pass(25);
      await stage.post('alice', `${path}/control`, { decision: 'halt', reason: 'Error rate of checkout is up' });
      await stage.pass(2);
      scenes.push({ name: 'halted-large', path, html: await stage.get('bob', path) });
    },
  );

/** Every scene; `which` leaves out those that no picture of the documentation needs. */
export const scenes = async (which: 'all' | 'documented'): Promise<readonly Scene[]> => {
  const found: Scene[] = [];
  await promoted(found);
  await restored(found);
  if (which === 'all') await large(found);
  return found;
};
