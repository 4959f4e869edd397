import { describe, expect, it } from '@jest/globals';
import { synthesizeHub } from '../../infra/synthesize.ts';
import { configurationWith, resourcesOf, statementsOf } from './deployed.ts';

const gate = (boot: object) => ({ name: 'Boot test', boot, timeoutSeconds: 3600 });
const hub = (boot: object = { commands: ['curl -f localhost'] }) =>
  synthesizeHub(configurationWith({ gates: { custom: [gate(boot)] } }), { bundle: false });
const template = hub();
const document = (of = template) => resourcesOf(of, 'AWS::SSM::Document')[0]?.Properties;

describe('the runbooks of boot checks', () => {
  it('are made only where a gate boots the image, with quarters for its instance', () => {
    expect(resourcesOf(synthesizeHub(configurationWith(), { bundle: false }), 'AWS::SSM::Document')).toEqual([]);
    expect(resourcesOf(template, 'AWS::EC2::VPC')).toHaveLength(1);
  });

  it('wait for the instance and run the document on it, each for its time', () => {
    expect(document()).toMatchObject({
      DocumentType: 'Automation',
      Name: expect.stringMatching(/^ami-rollout-boot-boot-test-[0-9a-f]{8}$/),
      Content: {
        schemaVersion: '0.3',
        assumeRole: '{{ AutomationAssumeRole }}',
        mainSteps: [
          { name: 'AwaitInstance', action: 'aws:waitForAwsResourceProperty', timeoutSeconds: 900, onFailure: 'Abort' },
          {
            name: 'RunDocument',
            action: 'aws:runCommand',
            timeoutSeconds: 3600,
            onFailure: 'Abort',
            inputs: {
              DocumentName: 'AWS-RunShellScript',
              InstanceIds: ['{{ InstanceId }}'],
              Parameters: { executionTimeout: ['3600'], commands: ['curl -f localhost'] },
            },
          },
        ],
      },
    });
  });

  it('have another name when anything in them changes', () => {
    expect(document(hub({ commands: ['true'] }))?.['Name']).not.toBe(document()?.['Name']);
    expect(document(hub())?.['Name']).toBe(document()?.['Name']);
  });

  it('may run their own document and no other, on instances of gates and no other', () => {
    const own = hub({ document: 'Mine', parameters: { level: ['deep'] } });
    const sent = resourcesOf(own, 'AWS::IAM::Policy')
      .flatMap(({ Properties }) => (Properties['PolicyDocument'] as { Statement: { Action: unknown }[] }).Statement)
      .filter(({ Action }) => Action === 'ssm:SendCommand');
    expect(sent).toHaveLength(2);
    expect(JSON.stringify(sent[0])).toMatch(/:ssm:.*:document\/Mine"/);
    expect(sent[1]).toMatchObject({
      Condition: { StringEquals: { 'aws:ResourceTag/ami-rollout:product': 'ami-rollout' } },
    });
  });

  it('are started by Ask Custom Gate alone, and their ends are heard', () => {
    const actions = (handler: string) => statementsOf(template, handler).flatMap(({ Action }) => Action);
    expect(actions('ask-custom-gate')).toContain('ssm:StartAutomationExecution');
    for (const other of ['settle-event', 'sweep']) expect(actions(other)).not.toContain('ssm:StartAutomationExecution');
    expect(actions('settle-event')).toContain('ssm:GetAutomationExecution');
    const patterns = resourcesOf(template, 'AWS::Events::Rule').map(({ Properties }) => Properties['EventPattern']);
    expect(patterns).toContainEqual(
      expect.objectContaining({
        'detail-type': ['EC2 Automation Execution Status-change Notification'],
        detail: expect.objectContaining({ Definition: [document()?.['Name']] }),
      }),
    );
  });
});
