import { describe, expect, it } from '@jest/globals';
import { handlerNames } from '../../infra/handlers.ts';
import { synthesizeHub } from '../../infra/synthesize.ts';
import { configurationWith, resourcesOf, statementsOf } from './deployed.ts';

const organization = { id: 'o-a1b2c3d4e5', units: ['ou-ab12-workload'], regions: ['eu-west-1'] };
const synthesized = (targets: object) => synthesizeHub(configurationWith({ targets }), { bundle: false });
const withOrganization = synthesized({ organization });
const without = synthesized({});

const asking = (template: typeof without) =>
  handlerNames.filter((name) => JSON.stringify(statementsOf(template, name)).includes('organizations:'));

describe('targets of an organisation', () => {
  it('are asked for by those who look for stacks or for the copies of an image, and only where the configuration names one', () => {
    expect(asking(withOrganization)).toEqual(['discover-stacks', 'resolve-images', 'console', 'settle-event', 'sweep']);
    expect(asking(without)).toEqual([]);
  });

  it('are entered only if they are in the organisation', () => {
    const statements = resourcesOf<{ PolicyDocument: { Statement: { Action: unknown; Condition?: unknown }[] } }>(
      withOrganization,
      'AWS::IAM::ManagedPolicy',
    ).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(statements.filter((statement) => JSON.stringify(statement).includes(':iam::*:role'))).toEqual([
      expect.objectContaining({
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Condition: { StringEquals: { 'aws:ResourceOrgID': organization.id } },
      }),
    ]);
  });

  it('may send events if they are in the organisation, of the services that are acted on', () => {
    const policies = (template: typeof without) =>
      resourcesOf<{ StatementId: string; Statement: { Principal: unknown; Condition: { StringEquals: object } } }>(
        template,
        'AWS::Events::EventBusPolicy',
      );
    const [own] = policies(withOrganization).filter(({ Properties }) => Properties.StatementId === 'Organization');
    expect(own?.Properties.Statement).toMatchObject({
      Principal: '*',
      Condition: {
        StringEquals: {
          'aws:PrincipalOrgID': organization.id,
          'events:source': expect.arrayContaining(['aws.cloudformation']),
        },
      },
    });
    expect(policies(without).map(({ Properties }) => Properties.StatementId)).toEqual(['Members']);
  });
});
