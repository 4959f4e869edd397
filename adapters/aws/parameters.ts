import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Parameters } from '../../domain/ports/parameters.ts';
import { targetName } from '../../domain/target.ts';
import { call, isRefused } from './errors.ts';
import type { Sessions } from './sessions.ts';

/**
 * Parameters by Systems Manager. A write of data type `aws:ec2:image` is answered before the image is validated, and
 * an image that fails validation leaves the old version in place: read again until version and value match.
 * {@link https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-ec2-aliases.html}
 */
export const awsParameters = (sessions: Sessions): Parameters => ({
  find: async (target, name) => {
    try {
      const { Parameter: found } = await call(`GetParameter of ${name} in ${targetName(target)}`, () =>
        sessions.client(SSMClient, target).send(new GetParameterCommand({ Name: name })),
      );
      if (!found) return undefined;
      const { Value: value = '', Version: version = 0, DataType: dataType = 'text' } = found;
      return { name, value, version, dataType };
    } catch (error) {
      if (isRefused(error, 'ParameterNotFound', 'ParameterVersionNotFound')) return undefined;
      throw error;
    }
  },

  putImage: async (target, name, imageId, dataType) => {
    const { Version } = await call(`PutParameter of ${name} in ${targetName(target)}`, () =>
      sessions.client(SSMClient, target).send(
        new PutParameterCommand({
          Name: name,
          Value: imageId,
          Type: 'String',
          DataType: dataType,
          Overwrite: true,
        }),
      ),
    );
    if (Version === undefined) throw new Error(`PutParameter of ${name} in ${targetName(target)} gave no version`);
    return Version;
  },

  remove: async (target, name) => {
    try {
      await call(`DeleteParameter of ${name} in ${targetName(target)}`, () =>
        sessions.client(SSMClient, target).send(new DeleteParameterCommand({ Name: name })),
      );
    } catch (error) {
      if (!isRefused(error, 'ParameterNotFound')) throw error;
    }
  },
});
