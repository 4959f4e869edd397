import { describe, expect, it } from '@jest/globals';
import { approvalRequest } from '../../../handlers/runtime/approval-request.ts';

const userArn = 'arn:aws:sts::111122223333:assumed-role/ops/ana';
const good = { campaignId: 'campaign-1', ring: 'canary', decision: 'approve', reason: 'looks good' };
const request = (body: unknown, identity = userArn) => ({
  body: typeof body === 'string' ? body : JSON.stringify(body),
  requestContext: { authorizer: { iam: { userArn: identity } } },
});

describe('approvalRequest', () => {
  it('takes decision and identity', () => {
    expect(approvalRequest(request(good))).toEqual({ ...good, planHash: null, identity: userArn });
    expect(approvalRequest(request({ ...good, planHash: 'abc', decision: 'reject' }))).toMatchObject({
      planHash: 'abc',
      decision: 'reject',
    });
  });

  it('reads a body that arrives in Base64', () => {
    const body = Buffer.from(JSON.stringify({ ...good, reason: 'grün' })).toString('base64');
    expect(approvalRequest({ ...request(body), isBase64Encoded: true })).toMatchObject({ reason: 'grün' });
  });

  it('trims the reason', () => {
    expect(approvalRequest(request({ ...good, reason: '  fine \n' }))).toMatchObject({ reason: 'fine' });
  });

  it.each([
    ['without a request context', { body: JSON.stringify(good) }],
    ['without an authorizer', { ...request(good), requestContext: {} }],
    ['of nobody', request(good, '')],
    ['without an identity', { ...request(good), requestContext: { authorizer: { iam: {} } } }],
  ])('refuses a request %s, whatever it says', (_what, event) => {
    expect(approvalRequest(event)).toEqual({ status: 403, error: 'the request is not signed by an IAM identity' });
  });

  it.each([
    ['no body', '', /^body: /],
    ['a body that is no JSON', '{', /^body: /],
    ['a list', [], /^body: /],
    ['no decision', { ...good, decision: undefined }, /^decision: /],
    ['another decision', { ...good, decision: 'maybe' }, /^decision: /],
    ['an unknown field', { ...good, identity: 'arn:aws:iam::1:user/root' }, /^body: |identity/],
    ['an empty campaign', { ...good, campaignId: '' }, /^campaignId: /],
    ['a campaign beyond any name', { ...good, campaignId: 'x'.repeat(81) }, /^campaignId: /],
    ['a ring beyond any name', { ...good, ring: 'x'.repeat(41) }, /^ring: /],
    ['a reason of blanks', { ...good, reason: '   ' }, /^reason: /],
    ['a reason that is too long', { ...good, reason: 'x'.repeat(1001) }, /^reason: /],
    ['a plan hash that is no text', { ...good, planHash: 7 }, /^planHash: /],
    ['two mistakes', { ...good, ring: '', reason: '' }, /^ring: .*; reason: /],
  ])('refuses %s and names the field', (_what, body, error) => {
    expect(approvalRequest(request(body))).toEqual({ status: 400, error: expect.stringMatching(error) });
  });

  it('takes a reason of the full length', () => {
    expect(approvalRequest(request({ ...good, reason: 'x'.repeat(1000) }))).toMatchObject({ decision: 'approve' });
  });
});
