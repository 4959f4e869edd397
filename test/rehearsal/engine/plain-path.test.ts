import { describe, expect, it } from '@jest/globals';
import { Evaluator } from '../../../rehearsal/engine/evaluator.ts';
import { plainPath, plainResultPath, plainTemplate, unknownValue } from '../../../rehearsal/engine/plain-path.ts';

const input = { a: { b: 'text', none: null, zero: 0, list: [{ b: 1 }] }, c: false };
const context = { State: { Name: 'Here' } };

describe('plainPath', () => {
  it.each(['$', '$.a', '$.a.b', '$.a.none', '$.a.zero', '$.a.list', '$.c', '$$.State.Name'])(
    'reads %s as the interpreter does',
    async (path) => {
      const state = { Type: 'Pass', Parameters: { 'value.$': path }, End: true };
      const { value } = (await new Evaluator('Pass', state).evaluate(input, context)) as { value: unknown };
      expect(plainPath(path)?.(input, context)).toEqual(value);
    },
  );

  it.each(['$.a.missing', '$.a.none.b', '$.a.list.b', '$.a.b.length', '$.toString', '$$.Map.Item'])(
    'leaves %s to the interpreter, which knows the error',
    (path) => {
      expect(plainPath(path)?.(input, context)).toBe(unknownValue);
    },
  );

  it.each(['$.a.list[0]', "$['a']", '$.a.*', '$..b', 'States.UUID()', '$.a.list[?(@.b)]'])(
    'is not made for %s',
    (path) => {
      expect(plainPath(path)).toBeUndefined();
    },
  );
});

describe('plainTemplate', () => {
  it('makes what the interpreter makes, literals and paths mixed', async () => {
    const template = { 'x.$': '$.a.b', fixed: 3, inner: { 'name.$': '$$.State.Name', text: '$.a.b' } };
    const made = plainTemplate(template)?.(input, context);
    expect(made).toEqual({ x: 'text', fixed: 3, inner: { name: 'Here', text: '$.a.b' } });
    const state = { Type: 'Pass', Parameters: template, End: true };
    expect(made).toEqual(await new Evaluator('Pass', state).evaluate(input, context));
  });

  it('is not made for lists and intrinsic functions', () => {
    expect(plainTemplate({ list: [{ 'x.$': '$.a' }] })).toBeUndefined();
    expect(plainTemplate({ 'x.$': "States.Format('{}', $.a.b)" })).toBeUndefined();
  });

  it('is unknown as a whole when one of its paths leads nowhere', () => {
    expect(plainTemplate({ 'x.$': '$.a.b', 'y.$': '$.missing' })?.(input, context)).toBe(unknownValue);
  });
});

describe('plainResultPath', () => {
  it('adds to the input without changing it', () => {
    const before = { a: 1 };
    expect(plainResultPath('$.b')?.(before, 2)).toEqual({ a: 1, b: 2 });
    expect(before).toEqual({ a: 1 });
  });

  it('replaces the input without a path and keeps it with null', () => {
    expect(plainResultPath(undefined)?.({ a: 1 }, 2)).toBe(2);
    expect(plainResultPath(null)?.({ a: 1 }, 2)).toEqual({ a: 1 });
  });

  it('leaves deeper paths, and inputs that are no objects, to the interpreter', () => {
    expect(plainResultPath('$.b.c')).toBeUndefined();
    expect(plainResultPath('$.b')?.([1], 2)).toBe(unknownValue);
  });
});
