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
  tags: {
    mutate: ['domain/gates/{tag-check,tag-limits,tag-rule,tag-type,near-miss,glob,lint-image}.ts'],
    tests: ['test/domain/gates/*.test.ts'],
  },
  images: {
    mutate: ['domain/gates/{image-attributes,image-build,image-flaws,image-key,image-set}.ts'],
    tests: ['test/domain/gates/*.test.ts'],
  },
  scans: {
    mutate: [
      'domain/gates/{custom-gates,finding-delta,inspector-scan,recheck,scan-reasons,silent-alarms,verdict}.ts',
      'domain/gates/revocation-text.ts',
    ],
    tests: ['test/domain/gates/*.test.ts'],
  },
  restore: { mutate: ['domain/restore/*.ts'], tests: ['test/domain/restore/*.test.ts'] },
  'claim-restore': { mutate: ['domain/stack/claim-restore.ts'], tests: ['test/domain/stack/claim-*.test.ts'] },
  // Compare-and-set, the fence and the lease: what stands right before a write.
  writes: {
    mutate: ['domain/stack/{fence,write-parameter}.ts', 'domain/store/leases.ts'],
    tests: ['test/domain/stack/{fence,write-parameter}.test.ts', 'test/domain/store/leases.test.ts'],
  },
};
