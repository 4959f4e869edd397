/** Files whose every operator and constant is changed, and the tests that have to notice. */
export interface Area {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

/**
 * Where a fault costs most. Nearly every test reaches these files through a rehearsal; here only the tests of the place are
 * asked, because a rule is pinned by a test beside it, and a run per fault has to take seconds.
 */
export const areas: Readonly<Record<string, Area>> = {
  ring: {
    // Not what approvals tell: their text is pinned by the tests of the telling.
    mutate: ['domain/ring/{budget,breach,close,counts,confirm,decide}.ts'],
    tests: ['test/domain/ring/*.test.ts'],
  },
  gates: {
    mutate: ['domain/gates/{age-limit,finding-limits,waivers}.ts'],
    tests: ['test/domain/gates/*.test.ts', 'test/domain/gating/**/*.test.ts'],
  },
  'other-gates': {
    mutate: ['domain/gates/!(age-limit|finding-limits|waivers|reason).ts'],
    tests: ['test/domain/gates/*.test.ts', 'test/domain/gating/**/*.test.ts'],
  },
  restore: { mutate: ['domain/restore/*.ts'], tests: ['test/domain/restore/*.test.ts'] },
  'claim-restore': { mutate: ['domain/stack/claim-restore.ts'], tests: ['test/domain/stack/claim-*.test.ts'] },
};
