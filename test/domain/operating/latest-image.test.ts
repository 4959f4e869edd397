import { describe, expect, it } from '@jest/globals';
import { latestImage } from '../../../domain/operating/latest-image.ts';
import { anImage } from '../fakes/images.ts';
import { hub, newImage, there } from '../fakes/names.ts';
import { aWorld } from '../fakes/world.ts';

const ubuntuOnArm = '/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id';
const asked = { system: 'ubuntu-24.04', architecture: 'arm64', region: null } as const;

describe('latestImage', () => {
  it("asks the publisher's parameter in the hub's region, or in the one that is named", async () => {
    const world = aWorld();
    expect(await latestImage(world)(asked)).toEqual({ none: `${hub.region} has no public parameter ${ubuntuOnArm}` });
    world.parameters.set(ubuntuOnArm, newImage, hub);
    world.images.put(anImage({ name: 'noble' }));
    expect(await latestImage(world)(asked)).toMatchObject({ image: newImage, region: hub.region, name: 'noble' });
    world.parameters.set(ubuntuOnArm, 'ami-00000000000000009', { ...hub, region: there.region });
    expect(await latestImage(world)({ ...asked, region: there.region })).toEqual({
      image: 'ami-00000000000000009',
      region: there.region,
      parameter: ubuntuOnArm,
      name: null,
      createdAt: null,
    });
  });

  it('says that Windows is not published for arm64', async () => {
    const answer = await latestImage(aWorld())({ ...asked, system: 'windows-2025' });
    expect(answer).toEqual({ none: 'windows-2025 is not published for arm64' });
  });
});
