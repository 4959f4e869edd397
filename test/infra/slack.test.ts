import { describe, expect, it } from '@jest/globals';
import { synthesizeHub } from '../../infra/synthesize.ts';
import { codeOf } from '../docs/blocks.ts';
import { configurationWith, resourcesOf } from './deployed.ts';

const hubWith = (slack: { workspaceId: string; channelId: string } | null) =>
  synthesizeHub(configurationWith({ notifications: { slack } }), { bundle: false });

describe('Slack', () => {
  it('is off where nobody asks for it', () => {
    const template = hubWith(null);
    expect(resourcesOf(template, 'AWS::Chatbot::SlackChannelConfiguration')).toEqual([]);
    expect(resourcesOf(template, 'AWS::SNS::Topic')).toHaveLength(1);
  });

  it("gets the product's events as custom notifications, a thread for each campaign, and lets nobody act", () => {
    const template = hubWith({ workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' });
    const [channel] = resourcesOf(template, 'AWS::Chatbot::SlackChannelConfiguration');
    const topic = resourcesOf(template, 'AWS::SNS::Topic').find(({ id }) => id.includes('Slack'));
    expect(channel?.Properties).toMatchObject({
      SlackWorkspaceId: 'T0123ABCD',
      SlackChannelId: 'C0123ABCD',
      SnsTopicArns: [{ Ref: topic?.id }],
      GuardrailPolicies: ['arn:aws:iam::aws:policy/AWSDenyAll'],
    });
    const rule = resourcesOf<{
      EventPattern: object;
      Targets: { Arn: object; InputTransformer: { InputPathsMap: Record<string, string>; InputTemplate: string } }[];
    }>(template, 'AWS::Events::Rule').find(({ id }) => id.includes('Slack'));
    expect(rule?.Properties.EventPattern).toEqual({
      source: ['ami-rollout'],
      'detail-type': ['Campaign State Change'],
    });
    const [target] = rule?.Properties.Targets ?? [];
    expect(target?.Arn).toEqual({ Ref: topic?.id });
    const { InputPathsMap = {}, InputTemplate = '' } = target?.InputTransformer ?? {};
    const path = (name: string) => Object.entries(InputPathsMap).find(([, value]) => value === name)?.[0] ?? 'none';
    // Placeholders stand without quotes: EventBridge then writes JSON, line breaks and quotes included.
    expect(InputTemplate).toBe(
      [
        '{"version":"1.0","source":"custom",',
        `"id":<${path('$.id')}>,`,
        `"content":{"textType":"client-markdown","title":<${path('$.detail.subject')}>,"description":<${path('$.detail.text')}>},`,
        `"metadata":{"threadId":<${path('$.detail.campaignId')}>,"summary":<${path('$.detail.subject')}>,"eventType":<${path('$.detail.fact')}>}}`,
      ].join(''),
    );
    // docs/messages.md shows the same form.
    const shown = codeOf('docs/messages.md', 'json').find((code) => code.includes('client-markdown'));
    const form = (text: string): unknown =>
      JSON.parse(text, (_, value: unknown) => (typeof value === 'string' ? '' : value));
    expect(form(shown ?? '{}')).toEqual(form(InputTemplate.replaceAll(/<[^>]+>/g, '""')));
  });
});
