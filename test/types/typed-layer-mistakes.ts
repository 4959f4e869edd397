/**
 * One correct machine, then one machine for each kind of mistake that the typed layer must refuse.
 *
 * Two guards hold. The type check of the project fails if a mistake compiles, because its `@ts-expect-error` is then
 * unused. `typed-layer-mistakes.test.ts` removes these comments, compiles again, and fails unless each mistake is refused
 * for its own reason: the code and the words after the colon.
 *
 * Nothing here runs. Each mistake is on the line after its comment.
 */
/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment -- what a mistake yields has no type */
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import * as typed from '../../statemachines/typed/index.ts';
import * as sample from '../statemachines/typed/sample-contracts.ts';

declare const w: typed.Workflow;
declare const bucket: IBucket;
declare const done: IChainable;
const input = typed.executionInput<{ image: string; category: 'base' | 'hotfix'; note: string | null; n: number }>();
const { image, category, note } = input;
const check = typed.invoke(w, 'Tag Check', sample.tagCheck, { image, category, note });
const { result } = check;
const source = { bucket: 'plans', key: 'plan.json' };
const map = { maxConcurrency: 1, itemsBucket: bucket, resultBucket: bucket, resultPrefix: 'results' };

// The control: all of this is right, and no diagnostic may be on any of its lines.
const read = typed.invoke(w, 'Read Plan', sample.readPlan, result.plan, { resultDiscarded: true });
typed.invoke(w, 'Literals', sample.tagCheck, { image: 'ami-1', category: 'base', note: null });
typed.invoke(w, 'Narrower', sample.tagCheck, { image: result.verdict, category: 'hotfix', note: result.verdict });
typed.invoke(
  w,
  'Apply Image',
  sample.applyImage,
  { stack: image, targets: [image, 'all'], label: image },
  { timeoutMinutes: 5 },
);
check.catch(['ImageNotFound', 'Throttled', 'States.ALL'], (error) => typed.fail(w, 'F', { error: error.Error }));
typed.choice(w, 'Passed?').when(typed.isTrue(result.passed), done).otherwise(read);
typed
  .choice(w, 'Verdict?')
  .when(typed.isOneOf(result.verdict, 'warn', 'fail'), done)
  .otherwiseContinue();
typed.isNull(result.owner);
typed.equals(category, result.verdict as never);
typed.forEach(
  w,
  'Ring',
  source,
  sample.plannedStack,
  (item) => ({ stack: item.stack, category: 'base' }),
  (child, own) =>
    typed.invoke(child, 'Child', sample.tagCheck, { image: own.stack, category: own.category, note: null }),
  map,
);

// A wrong field
// @ts-expect-error TS2551: Did you mean 'passed'
typed.isTrue(result.pased);
// @ts-expect-error TS2339: Property 'digest' does not exist
typed.invoke(w, 'X', sample.tagCheck, { image: result.plan.digest, category, note });

// A missing payload field
// @ts-expect-error TS2345: Property 'note' is missing
typed.invoke(w, 'X', sample.tagCheck, { image, category });

// A surplus payload field
// @ts-expect-error TS2353: 'colour' does not exist
typed.invoke(w, 'X', sample.tagCheck, { image, category, note, colour: 'red' });
// @ts-expect-error TS2353: 'taskToken' does not exist
typed.invoke(w, 'X', sample.applyImage, { stack: 's', targets: [], taskToken: typed.taskToken });

// A wrong type
// @ts-expect-error TS2322: Type 'number' is not assignable to type 'string'
typed.invoke(w, 'X', sample.tagCheck, { image: result.count, category, note });
// @ts-expect-error TS2322: Type 'number' is not assignable to type 'Expr<string>'
typed.invoke(w, 'X', sample.tagCheck, { image: 7, category, note });
// @ts-expect-error TS2322: Type 'number' is not assignable to type 'string'
typed.invoke(w, 'X', sample.applyImage, { stack: 's', targets: [result.count] });
// @ts-expect-error TS2345: Type 'number' is not assignable to type 'boolean'
typed.isTrue(result.count);
// @ts-expect-error TS2345: Type 'string' is not assignable to type 'number'
typed.isPositive(result.verdict);
// @ts-expect-error TS2345: 'string' is not assignable to parameter of type 'number'
typed.equals(result.count, '1');
// @ts-expect-error TS2345: Type 'string' is not assignable to type 'number'
typed.waitSeconds(w, 'X', image);
// @ts-expect-error TS2322: Type 'number' is not assignable to type 'string'
typed.fail(w, 'X', { error: 'REJECTED', causePath: result.count });

// A value outside an enum
// @ts-expect-error TS2345: '"maybe"' is not assignable
typed.equals(result.verdict, 'maybe');
// @ts-expect-error TS2345: '"maybe"' is not assignable
typed.isOneOf(result.verdict, 'pass', 'maybe');
// @ts-expect-error TS2322: '"golden"' is not assignable
typed.invoke(w, 'X', sample.tagCheck, { image, category: 'golden', note });
// @ts-expect-error TS2322: Type 'string' is not assignable to type '"base" | "hotfix"'
typed.invoke(w, 'X', sample.tagCheck, { image, category: image, note });

// An optional used as required
// @ts-expect-error TS2322: Type 'undefined' is not assignable to type 'string'
typed.invoke(w, 'X', sample.tagCheck, { image: result.hint, category, note });
// @ts-expect-error TS2322: Type 'undefined' is not assignable to type 'string | null'
typed.invoke(w, 'X', sample.tagCheck, { image, category, note: result.hint });
// @ts-expect-error TS2345: Type 'undefined' is not assignable to type 'string'
typed.invoke(w, 'X', sample.applyImage, { stack: 's', targets: [], label: result.hint });
// @ts-expect-error TS2322: Type 'null' is not assignable to type 'string'
typed.invoke(w, 'X', sample.tagCheck, { image: note, category, note });
// @ts-expect-error TS2339: Property 'name' does not exist
typed.invoke(w, 'X', sample.tagCheck, { image: result.owner.name, category, note });

// A field through an array
// @ts-expect-error TS2339: Property 'text' does not exist
typed.invoke(w, 'X', sample.tagCheck, { image: result.reasons.text, category, note });
// @ts-expect-error TS7053: can't be used to index type
typed.invoke(w, 'X', sample.tagCheck, { image: result.reasons[0], category, note });

// A wrong object
// @ts-expect-error TS2345: Type 'Ref<{ passed: boolean;
typed.invoke(w, 'X', sample.readPlan, result);
typed.forEach(
  w,
  'X',
  // @ts-expect-error TS2322: Type '{ bucket: string; key: string; version: string; }' is not assignable to type 'string'
  { bucket: 'b', key: result.plan },
  sample.plannedStack,
  (item) => item,
  () => done,
  map,
);

// Unselected data in a map's child
typed.forEach(
  w,
  'X',
  source,
  sample.plannedStack,
  (item) => ({ stack: item.stack }),
  // @ts-expect-error TS2339: Property 'region' does not exist on type 'Ref<{ readonly stack: string; }>'
  (child, own) => typed.fail(child, 'F', { error: own.region }),
  map,
);
typed.forEach(
  w,
  'X',
  source,
  sample.plannedStack,
  // @ts-expect-error TS2551: Did you mean 'stack'
  (item) => ({ s: item.stak }),
  () => done,
  map,
);

// An undeclared error in a Catch
// @ts-expect-error TS2322: '"ImageGone"' is not assignable
check.catch(['ImageGone'], done);
// @ts-expect-error TS2322: '"StackBusy"' is not assignable
check.catch(['StackBusy'], done);
// @ts-expect-error TS2322: '"States.Runtime"' is not assignable
check.catch(['States.Runtime'], done);
// @ts-expect-error TS2322: '"ContractViolation"' is not assignable
check.catch(['ContractViolation'], done);

// A result that the options dropped, a misspelt option, and a Choice without a default
// @ts-expect-error TS18048: is possibly 'undefined'
typed.isPositive(read.result.stacks);
// @ts-expect-error TS2322: is not assignable to type 'never'
typed.invoke(w, 'X', sample.readPlan, result.plan, { timeoutMinutes: 5, coment: 'typo' });
// @ts-expect-error TS2345: is not assignable to parameter of type 'IChainable'
check.next(typed.choice(w, 'X').when(typed.isTrue(result.passed), done));
