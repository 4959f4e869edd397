import type { GetImageCommandInput, GetImageCommandOutput } from '@aws-sdk/client-imagebuilder';
import { HUB_ACCOUNT } from '../accounts.ts';
import type { Operations, Reply } from '../call.ts';
import { SimulatedError } from '../simulated-error.ts';
import type { World } from '../world.ts';

/** Image Builder: which images a build put out. */
export const imageBuilder = (world: World): Operations => {
  const getImage = (input: GetImageCommandInput): Reply<GetImageCommandOutput> => {
    const arn = input.imageBuildVersionArn ?? '';
    const images = world.imageBuilds.get(arn);
    if (images === undefined) {
      throw new SimulatedError('ResourceNotFoundException', `The resource ${arn} was not found.`, 404);
    }
    return {
      image: {
        arn,
        type: 'AMI',
        state: { status: 'AVAILABLE' },
        outputResources: {
          amis: [...images].map(([region, image]) => ({
            region,
            image,
            accountId: HUB_ACCOUNT,
            state: { status: 'AVAILABLE' as const },
          })),
        },
      },
    };
  };
  return { GetImage: getImage };
};
