import * as z from 'zod';
import { fault } from './schema/fault-schema.ts';
import type { vulnerability } from './schema/findings-schema.ts';
import { fleet } from './schema/fleet-schema.ts';
import { gateDouble, instances } from './schema/gates-schema.ts';
import { image } from './schema/image-schema.ts';
import { outcome } from './schema/outcome-schema.ts';
import { approval, operation, then } from './schema/people-schema.ts';
import { closed, minutes } from './schema/shapes.ts';
import type { stack } from './schema/stack-schema.ts';
import { arrival, other, start } from './schema/starts-schema.ts';

/** A scenario file: a fleet, an image, what people decide and what goes wrong. Only the name is required. */
export const scenarioSchema = closed({
  name: z.string().min(1),
  /** What it shows, in a sentence. */
  description: z.string().optional(),
  seed: z.int().default(7),
  image: image.prefault({}),
  fleet: fleet.prefault({}),
  /** Overrides of the configuration; its own schema judges them. */
  policy: z.record(z.string(), z.unknown()).default({}),
  approval: approval.prefault({}),
  start: start.prefault({}),
  /** Change calendars that are closed for a time, in minutes from the start; by name. Somebody opens one before its time. */
  calendars: z
    .record(
      z.string(),
      closed({
        closedFrom: z.number().nonnegative(),
        closedUntil: minutes,
        openedAfter: minutes.nullable().default(null),
      }),
    )
    .default({}),
  arrivals: z.array(arrival).default([]),
  operations: z.array(operation).default([]),
  also: z.array(other).default([]),
  faults: z.array(fault).default([]),
  gates: z.record(z.string(), gateDouble).default({}),
  instances: instances.prefault({}),
  /** How many days the world goes on after everything has ended, for what comes later: findings, releases of images. */
  stayDays: z.number().nonnegative().max(60).default(0),
  then: z
    .union([z.literal('rollback').transform(() => ({})), z.looseObject({})])
    .pipe(then)
    .nullable()
    .default(null),
  expect: closed({
    outcome: outcome.default('PROMOTED'),
    /** Outcomes of the other campaigns, in the order of their starts, without DUPLICATE; left out: any. */
    others: z.array(outcome).optional(),
  }).prefault({}),
});

/** A scenario with every default filled in. */
export type Scenario = z.output<typeof scenarioSchema>;
/** What the custom gates of a scenario do. */
export type ScenarioGates = Scenario['gates'];
/** One stack as a scenario lists it. */
export type ScenarioStack = z.output<typeof stack>;
/** A finding that a scenario spells out. */
export type ScenarioVulnerability = z.output<typeof vulnerability>;
/** An image of a scenario that comes later. */
export type ScenarioArrival = z.output<typeof arrival>;
/** The image of a scenario. */
export type ScenarioImage = z.output<typeof image>;
