import {
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from '@jest/globals';
import { Simulation, at } from './simulation.ts';

const Name = '/fleet/web/image';
const fleet = { fleet: { stacks: [{ name: 'web', mode: 'ssm' }] } };

describe('simulated Parameter Store', () => {
  it('answers a put of an image at once and shows it after its validation', async () => {
    await using simulation = new Simulation(fleet);
    const client = new SSMClient(at());
    const get = () => simulation.settle(client.send(new GetParameterCommand({ Name })));
    const { Version } = await simulation.settle(
      client.send(new PutParameterCommand({ Name, Value: simulation.newImage, Overwrite: true })),
    );
    expect(Version).toBe(2);
    expect((await get()).Parameter).toMatchObject({ Version: 1, Value: simulation.previousImage });
    await simulation.clock.tickAsync(2_500);
    expect((await get()).Parameter).toMatchObject({
      Version: 2,
      Value: simulation.newImage,
      DataType: 'aws:ec2:image',
    });
    const first = await simulation.settle(client.send(new GetParameterCommand({ Name: `${Name}:1` })));
    expect(first.Parameter).toMatchObject({ Version: 1, Selector: ':1' });
    expect(simulation.stack('web').touched).toBe(true);
  });

  it('never shows an image that does not exist', async () => {
    await using simulation = new Simulation(fleet);
    const client = new SSMClient(at());
    await simulation.settle(
      client.send(new PutParameterCommand({ Name, Value: 'ami-00000000000000000', Overwrite: true })),
    );
    await simulation.minutes(10);
    const { Parameter } = await simulation.settle(client.send(new GetParameterCommand({ Name })));
    expect(Parameter?.Value).toBe(simulation.previousImage);
  });

  it('makes, refuses to overwrite, tags and remembers', async () => {
    await using simulation = new Simulation(fleet);
    const client = new SSMClient(at());
    const put = (Value: string, more: object = {}) =>
      simulation.settle(client.send(new PutParameterCommand({ Name: '/a', Value, Type: 'String', ...more })));
    await put('1', { Tags: [{ Key: 'k', Value: 'v' }] });
    await expect(put('2')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    await put('2', { Overwrite: true });
    const { Parameters } = await simulation.settle(client.send(new GetParameterHistoryCommand({ Name: '/a' })));
    expect(Parameters?.map(({ Value, Version }) => [Value, Version])).toEqual([
      ['1', 1],
      ['2', 2],
    ]);
    const several = await simulation.settle(client.send(new GetParametersCommand({ Names: ['/a', '/b'] })));
    expect(several.Parameters).toHaveLength(1);
    expect(several.InvalidParameters).toEqual(['/b']);
    const { TagList } = await simulation.settle(
      client.send(new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: '/a' })),
    );
    expect(TagList).toEqual([{ Key: 'k', Value: 'v' }]);
  });
});
