import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import {
  type CfnStage,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { product } from '../names.ts';
import { acknowledge, acknowledgeWildcards } from './acknowledge.ts';
import type { HandlerFunction } from './handler-function.ts';
import { ProductLog } from './product-log.ts';

/** Where the pages are; everything else that needs no authorizer does not exist. */
export const pagePaths = [
  '/',
  '/start',
  '/drift',
  '/states',
  '/campaigns',
  '/campaigns/{proxy+}',
  '/families/{family}',
  '/assets/{file}',
  '/auth/{step}',
];

export interface ConsoleApiProps {
  readonly configuration: Configuration;
  readonly handler: HandlerFunction;
}

/**
 * Where the console is reached: people with a token below /api, if the configuration names their identity provider, and
 * signed requests below /machine. Nothing passes the gateway unproven but the API's own description and the pages, which
 * send whoever has no session of theirs to the identity provider. Whether somebody
 * may do what they ask is for the app to say: by the configuration, not by IAM.
 */
export class ConsoleApi extends Construct {
  readonly url: string;
  /** For the roles that may knock at /machine at all. */
  readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, { configuration, handler }: ConsoleApiProps) {
    super(scope, id);
    const { oidc } = configuration.console;
    const api = new HttpApi(this, 'Api', {
      apiName: product,
      description: 'Campaigns of ami-rollout: start, look, approve, halt',
      createDefaultStage: false,
    });
    const integration = new HttpLambdaIntegration('App', handler);
    const serve = (path: string, authorizer: IHttpRouteAuthorizer, methods = [HttpMethod.ANY]): void =>
      void api.addRoutes({ path, methods, integration, authorizer });
    serve('/machine/{proxy+}', new HttpIamAuthorizer());
    if (oidc !== null)
      serve('/api/{proxy+}', new HttpJwtAuthorizer('People', oidc.issuer, { jwtAudience: [...oidc.audiences] }));
    serve('/openapi.json', new HttpNoneAuthorizer(), [HttpMethod.GET]);
    // The pages sign people in themselves, with a session of their own.
    if (oidc !== null && oidc.clientId !== null)
      for (const path of pagePaths) serve(path, new HttpNoneAuthorizer(), [HttpMethod.GET, HttpMethod.POST]);

    const log = new ProductLog(this, 'AccessLog', `/aws/apigateway/${product}`, configuration.retention.logDays);
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      autoDeploy: true,
      throttle: { rateLimit: 50, burstLimit: 100 },
    });
    // Neither token nor signature nor body is in the log.
    (stage.node.defaultChild as CfnStage).accessLogSettings = {
      destinationArn: log.logGroupArn,
      format: JSON.stringify({
        at: '$context.requestTime',
        method: '$context.httpMethod',
        path: '$context.path',
        status: '$context.status',
        who: '$context.identity.userArn',
        subject: '$context.authorizer.claims.sub',
        error: '$context.authorizer.error',
        requestId: '$context.requestId',
      }),
    };
    acknowledge(
      api,
      'APIG4',
      'The description of the API is public and says nothing of any campaign; the pages sign people in themselves.',
    );
    this.url = stage.url.replace(/\/$/, '');
    const resource = Stack.of(this).formatArn({
      service: 'execute-api',
      resource: api.apiId,
      resourceName: '*/*/machine/*',
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    this.policy = new ManagedPolicy(this, 'Operator', {
      description: `Lets people and pipelines call the API of ami-rollout in ${Aws.REGION}`,
      statements: [new PolicyStatement({ actions: ['execute-api:Invoke'], resources: [resource] })],
    });
    acknowledgeWildcards(this.policy, [resource], 'All routes below /machine: the app decides what the caller may do.');
  }
}
