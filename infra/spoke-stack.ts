import { BootstraplessSynthesizer, Stack, Tags, type IStackSynthesizer, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../domain/configuration.ts';
import { EventForwarding } from './constructs/event-forwarding.ts';
import { SpokeParameters } from './constructs/spoke-parameters.ts';
import { SpokeRole } from './constructs/spoke-role.ts';
import { product, productTag } from './names.ts';

/** What a member account's stack is made from. */
export interface SpokeStackProps extends StackProps {
  /** Where the hub is, and in which targets it works. */
  readonly configuration: Pick<Configuration, 'hub' | 'targets'>;
  /** The region whose stack makes the account's role. */
  readonly roleRegion: string;
}

/**
 * What a member account needs in each of its regions: the role for the hub (once) and the forwarding of events. Its
 * template is the same for all of them and has no assets, so that it needs no CDK bootstrap.
 */
export class SpokeStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, roleRegion, ...props }: SpokeStackProps) {
    super(scope, id, {
      description: 'ami-rollout: lets the hub move the opted-in stacks of this account to other machine images',
      synthesizer: new BootstraplessSynthesizer() as IStackSynthesizer,
      ...props,
    });
    const parameters = new SpokeParameters(this, 'Parameters', configuration, roleRegion);
    new SpokeRole(this, 'Access', parameters);
    new EventForwarding(this, 'Events', parameters);
    Tags.of(this).add(productTag, product);
  }
}
