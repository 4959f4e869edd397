import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { product } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import type { HandlerFunction } from './handler-function.ts';
import type { ProductKey } from './product-key.ts';

export interface ConsoleSecretProps {
  readonly handler: HandlerFunction;
  readonly key: ProductKey;
}

/**
 * What the sessions of the pages are sealed with, made at the first deployment, and the pages' secret at the identity
 * provider, which is empty until somebody who has one writes it in: a public client with PKCE needs none.
 */
export class ConsoleSecret extends Secret {
  constructor(scope: Construct, id: string, { handler, key }: ConsoleSecretProps) {
    super(scope, id, {
      secretName: `${product}/console`,
      description: `Pages of ${product}: key of sessions, and clientSecret at the identity provider`,
      encryptionKey: key,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ clientSecret: '' }),
        generateStringKey: 'sessionKey',
        passwordLength: 64,
        excludePunctuation: true,
      },
      // A lost key only means that everybody signs in again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(
      this,
      'SMG4',
      "Another session key signs everybody out; the client secret is the provider's to turn over.",
    );
    this.grantRead(handler.executionRole);
    handler.addEnvironment('CONSOLE_SECRET_ARN', this.secretArn);
  }
}
