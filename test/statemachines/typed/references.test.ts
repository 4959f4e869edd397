import { describe, expect, it } from '@jest/globals';
import { fieldName } from '../../../statemachines/typed/field-name.ts';
import {
  executionId,
  executionInput,
  executionName,
  executionStart,
  pathOf,
  taskToken,
} from '../../../statemachines/typed/index.ts';
import { isRef } from '../../../statemachines/typed/references.ts';

describe('ref', () => {
  const input = executionInput<{ image: { id: string }; tags: { 'ami-rollout:family': string }; "it's": string }>();

  it.each([
    [input, '$'],
    [input.image.id, '$.image.id'],
    [input.tags['ami-rollout:family'], "$.tags['ami-rollout:family']"],
    [executionName, '$$.Execution.Name'],
    [executionId, '$$.Execution.Id'],
    [executionStart, '$$.Execution.StartTime'],
    [taskToken, '$$.Task.Token'],
  ])('records the path walked: %#', (reference, path) => {
    expect(pathOf(reference)).toBe(path);
    expect(isRef(reference)).toBe(true);
  });

  it('is told apart from literals', () => {
    expect([null, undefined, 'text', 1, {}, []].filter(isRef)).toEqual([]);
  });

  it('cannot slip into a string', () => {
    const slipped: unknown = input.image.id;
    expect(() => String(slipped)).toThrow('$.image.id exists only while the machine runs');
  });

  it('refuses a field that no path can name', () => {
    expect(() => input["it's"]).toThrow('A path cannot contain the field');
  });
});

describe('fieldName', () => {
  it.each([
    ['Tag Check', 'tagCheck'],
    ['Close Ring (Canary)', 'closeRingCanary'],
    ['Dry Run?', 'dryRun'],
    ['Resolve AMI Ids', 'resolveAmiIds'],
    ['Bake Ring 2', 'bakeRing2'],
  ])('%s → %s', (id, field) => {
    expect(fieldName(id)).toBe(field);
  });

  it.each(['', '2nd Ring', '…'])('refuses %j, which names no field', (id) => {
    expect(() => fieldName(id)).toThrow('must start with a letter');
  });
});
