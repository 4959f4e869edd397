import { describe, expect, it } from '@jest/globals';
import { InventoryError, inventoryOf, loadInventory } from '../../../rehearsal/inventory/load-inventory.ts';
import { anInventoriedStack, anInventory } from './an-inventory.ts';

const complaint = (value: unknown): string => {
  try {
    inventoryOf(value, 'fleet.json');
    return '';
  } catch (error) {
    if (error instanceof InventoryError) return error.message;
    throw error;
  }
};

describe('an inventory', () => {
  it('is read as it was written', () => {
    const written = anInventory([{ mode: 'ssm', ssmParameter: '/web/image', running: null, replacement: null }]);
    expect(inventoryOf(JSON.parse(JSON.stringify(written)), 'fleet.json')).toEqual(written);
  });

  it.each<[string, unknown, string]>([
    ['a field too many', { ...anInventory(), stack: [] }, '(the file): unknown stack; allowed: schemaVersion, takenAt'],
    ['a misspelt field', anInventory([{ rings: 'canary' } as object]), 'stacks[0]: unknown rings; allowed: stackId,'],
    ['another version', { ...anInventory(), schemaVersion: 2 }, 'schemaVersion: this version reads inventories of'],
    ['no stack', anInventory([]), 'stacks: there is no stack to rehearse with'],
    ['a wrong account', anInventory([{ account: '1234' }]), 'stacks[0].account: twelve digits'],
    ['a wrong region', anInventory([{ region: 'Ireland' }]), 'stacks[0].region: a region such as eu-west-1'],
    ['a wrong image', anInventory([{ image: 'ami-x' }]), 'stacks[0].image: an image id such as'],
    [
      'an id of another target',
      anInventory([{ stackId: 'arn:aws:cloudformation:us-east-1:999988887777:stack/web/1' }]),
      'stacks[0].stackId: is no stack of 999988887777/eu-west-1',
    ],
    ['a stack twice', anInventory([{}, {}]), 'stacks[1].stackName: is the stack of entry 0 too'],
    ['mode ssm without a name', anInventory([{ mode: 'ssm' }]), 'stacks[0].ssmParameter: mode ssm needs its name'],
    ['a foreign tag', anInventory([{ tags: { team: 'a' } }]), 'stacks[0].tags.team: only tags ami-rollout:…'],
    ['a list', [anInventoriedStack()], '(the file): Invalid input: expected object'],
  ])('is refused with %s, which is named', (_, value, message) => {
    expect(complaint(value)).toMatch(/^fleet\.json is no inventory as `ami-rollout inventory` writes it:\n/);
    expect(complaint(value)).toContain(`  ${message}`);
  });

  it('is refused when it is no JSON', () => {
    expect(() => loadInventory('README.md')).toThrow(/^README\.md is no JSON: /);
  });
});
