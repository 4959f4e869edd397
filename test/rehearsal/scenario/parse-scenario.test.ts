import { describe, expect, it } from '@jest/globals';
import { loadScenario, shippedScenarios } from '../../../rehearsal/scenario/load-scenario.ts';
import { parseScenario, scenarioOf } from '../../../rehearsal/scenario/parse-scenario.ts';

describe('parseScenario', () => {
  it('needs a name only and fills in the rest', () => {
    const usual = {
      architecture: 'x86_64',
      virtualization: 'hvm',
      bootMode: null,
      rootDevice: 'ebs',
      encrypted: false,
    };
    expect(parseScenario('name: x', 'x.yaml')).toEqual({
      name: 'x',
      seed: 7,
      image: {
        family: 'al2023-base',
        category: 'base',
        ageDays: 1,
        tags: {},
        findings: { critical: 0, high: 0, medium: 0, low: 0, informational: 0, untriaged: 0 },
        scanMinutes: 25,
        scanStatus: 'SUCCESSFUL',
        previous: {},
        previousPromoted: false,
        recorded: {},
        revoked: null,
        attributes: usual,
        previousAttributes: usual,
        previousKey: { state: 'Enabled', manager: 'customer' },
        copies: {},
        key: { state: 'Enabled', manager: 'customer' },
        original: 'none',
        previousState: 'available',
        vulnerabilities: [],
      },
      start: {
        by: 'manual',
        dryRun: false,
        family: null,
        allowOlder: false,
        allowRevoked: false,
        imageId: null,
        drill: null,
        againAfterMinutes: null,
      },
      fleet: {
        accounts: 3,
        suspended: [],
        organization: null,
        regions: ['eu-west-1', 'us-east-1'],
        stacks: 40,
        ssmShare: 0.25,
        replacement: { rolling: 0.7, instanceRefresh: 0.2, none: 0.1 },
        updateMinutes: [4, 12],
        timesOnRecord: null,
      },
      policy: {},
      approval: { decision: 'approve', afterMinutes: 30, by: 'operator' },
      faults: [],
      arrivals: [],
      calendars: {},
      operations: [],
      also: [],
      gates: {},
      instances: {
        scanMinutes: 30,
        scanStatus: 'SUCCESSFUL',
        spotCapacity: true,
        interruptedAfterMinutes: null,
        boots: true,
        document: 'passes',
        documentMinutes: 5,
      },
      stayDays: 0,
      then: null,
      expect: { outcome: 'PROMOTED' },
    });
  });

  it('reads the example of the design', () => {
    const scenario = parseScenario(
      `
name: canary-breaks
image: { tags: { version: 2026.11, environment: null }, findings: { critical: 0, high: 0 } }
fleet:
  stacks:
    - { name: web, account: 100000000002, region: us-east-1, ring: canary, mode: ssm, image: new, runs: previous }
policy: { rings: [ { name: canary } ] }
faults:
  - { kind: updateFails, ring: canary, nth: 1 }
expect: { outcome: RESTORED }
`,
      'x.yaml',
    );
    expect(scenario.image.tags).toEqual({ version: '2026.11', environment: null });
    expect(scenario.fleet.stacks).toMatchObject([{ name: 'web', account: '100000000002', replacement: 'rolling' }]);
    expect(scenario.faults).toEqual([{ kind: 'updateFails', ring: 'canary', nth: 1, times: 1 }]);
    expect(scenario.policy).toEqual({ rings: [{ name: 'canary' }] });
  });

  it.each([
    ['name: x\nimgae: {}', '(the scenario): unknown imgae; allowed: name, description, seed, image'],
    ['name: x\nimage: { scanMinuets: 3 }', 'image: unknown scanMinuets; allowed: family, category'],
    [
      'name: x\nfleet: { stacks: [ { name: a }, { name: b, rign: c } ] }',
      'fleet.stacks[1]: unknown rign; allowed: name, account',
    ],
    ['name: x\nfleet: { stacks: many }', 'fleet.stacks: expected number or array'],
    [
      'name: x\nfaults: [ { kind: updateFail } ]',
      'faults[0].kind: Invalid option: expected one of "updateFails"|"rollbackFails"',
    ],
    [
      'name: x\napproval: { decision: maybe }',
      'approval.decision: Invalid option: expected one of "approve"|"reject"|"ignore"',
    ],
    ['name: x\nfleet: { regions: [Ireland] }', 'fleet.regions[0]: a region such as eu-west-1'],
    [
      'name: x\nfleet: { updateMinutes: [9, 2] }',
      'fleet.updateMinutes: the first number may not be larger than the second',
    ],
    [
      "name: x\nfleet: { accounts: 2, stacks: [ { name: a, account: '100000000009' } ] }",
      "fleet.stacks[0].account: 100000000009 is none of the fleet's accounts (100000000001, 100000000002, 100000000000): add it there",
    ],
    [
      'name: x\nfleet: { regions: [eu-west-1], stacks: [ { name: a, region: us-east-1 } ] }',
      "fleet.stacks[0].region: us-east-1 is none of the fleet's regions (eu-west-1): add it there",
    ],
    ["name: x\nfleet: { suspended: ['999999999999'] }", 'fleet.suspended[0]: 999999999999 is none of'],
    [
      'name: x\nfleet: { stacks: [ { name: a, readBy: launch } ] }',
      'fleet.stacks[0].readBy: is for mode ssm only: add mode: ssm',
    ],
    ['seed: 1', 'name: Invalid input: expected string, received undefined'],
    ['name: [', 'x.yaml: '],
  ])('says where %j is wrong', (text, message) => {
    expect(() => parseScenario(text, 'x.yaml')).toThrow(message);
  });
});

describe('loadScenario', () => {
  it('finds every shipped one by name', () => {
    const names = shippedScenarios();
    expect(names).toContain('default');
    for (const name of names) expect(loadScenario(name).name).toBe(name);
  });

  it('names the shipped ones when there is no such', () => {
    expect(() => loadScenario('nobody')).toThrow(/no scenario nobody.*default/);
  });
});

describe('scenarioOf', () => {
  it('takes an object', () => expect(scenarioOf({ name: 'x', seed: 3 }, 'options').seed).toBe(3));
});
