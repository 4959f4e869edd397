import { describe, expect, it } from '@jest/globals';
import { heatOf } from '../../../../cli/rehearse/html/heat.ts';
import { scaleOf } from '../../../../cli/rehearse/html/scale.ts';

const minute = 60_000;

describe('scaleOf', () => {
  it('is even where nothing takes long', () => {
    const scale = scaleOf([30 * minute], 120 * minute);
    expect([0, 30, 60, 120].map((at) => Math.round(scale.at(at * minute)))).toEqual([0, 25, 50, 100]);
    expect(scale.isShortened).toBe(false);
  });

  it('shortens a long wait and keeps the order', () => {
    const scale = scaleOf([60 * minute, 25 * 60 * minute], 26 * 60 * minute);
    const places = [0, 60, 600, 1500, 1560].map((at) => scale.at(at * minute));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[1]).toBeGreaterThan(10);
    expect(places.at(-1)).toBeCloseTo(100);
    expect(scale.isShortened).toBe(true);
  });

  it('labels the axis without crowding it', () => {
    for (const end of [0, 3, 49, 177, 1519, 100_000]) {
      const scale = scaleOf([], end * minute);
      const places = scale.ticks.map(scale.at);
      expect(scale.ticks.length).toBeGreaterThan(0);
      for (const [index, place] of places.slice(1).entries()) expect(place - (places[index] ?? 0)).toBeGreaterThan(8.9);
    }
  });
});

describe('heatOf', () => {
  it('is darkest where most stacks are in work, and nothing where none is', () => {
    const scale = scaleOf([], 100 * minute);
    const spans = [
      [0, 39.5],
      [20, 39.5],
      [20, 39.5],
      [20, 39.5],
    ].map(([from = 0, to = 0]) => ({ from: from * minute, to: to * minute }));
    expect(heatOf(spans, scale)).toEqual([
      { from: 0, to: 20, level: 1 },
      { from: 20, to: 40, level: 4 },
    ]);
  });
});
