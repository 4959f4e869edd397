import { describe, expect, it } from '@jest/globals';
import { inspectionOf } from '../../../domain/stack/eligibility.ts';
import { rollingTemplate } from '../fakes/stacks.ts';

describe('inspectionOf', () => {
  it('reads a text once for each parameter: fleets share templates', () => {
    const first = inspectionOf(rollingTemplate, 'ImageId', null);
    expect(first).toMatchObject({ eligible: true, parameter: 'ImageId' });
    expect(inspectionOf(rollingTemplate, 'ImageId', null)).toBe(first);
    expect(inspectionOf(rollingTemplate, 'Size', null)).not.toBe(first);
    expect(inspectionOf(`${rollingTemplate}\n`, 'ImageId', null)).not.toBe(first);
  });

  it('does not remember more than it should', () => {
    const first = inspectionOf(rollingTemplate, 'ImageId', null);
    for (let index = 0; index < 200; index += 1) inspectionOf(`${rollingTemplate}# ${index}\n`, 'ImageId', null);
    expect(inspectionOf(rollingTemplate, 'ImageId', null)).not.toBe(first);
    expect(inspectionOf(rollingTemplate, 'ImageId', null)).toEqual(first);
  });
});
