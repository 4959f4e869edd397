import { HUB_ACCOUNT } from '../aws/accounts.ts';
import { SimParameter } from '../aws/state/sim-parameter.ts';
import type { World } from '../aws/world.ts';
import type { ImageSet } from './create-images.ts';

/** The one system that the simulated publisher has: what a family such as al2023-base is built from. */
const published = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

/** Names the newest image of an operating system in a public parameter of every region, as AWS does. */
export const publishSystems = (world: World, images: ImageSet, now: number): void => {
  for (const [region, image] of images) {
    const parameter = new SimParameter(published, `arn:aws:ssm:${region}::parameter${published}`, 'String', 'text');
    parameter.put(image, now, true);
    world.target(HUB_ACCOUNT, region).parameters.set(published, parameter);
  }
};
