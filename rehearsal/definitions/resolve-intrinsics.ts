/** A CloudFormation template, as far as it is read here. */
export interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
}

/** Where the deployed stack would be. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

const nameProperties: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
};

const arnResource = (type: string, name: string): string => {
  switch (type) {
    case 'AWS::Lambda::Function':
      return `lambda:{region}:{account}:function:${name}`;
    case 'AWS::StepFunctions::StateMachine':
      return `states:{region}:{account}:stateMachine:${name}`;
    case 'AWS::S3::Bucket':
      return `s3:::${name}`;
    case 'AWS::SNS::Topic':
      return `sns:{region}:{account}:${name}`;
    case 'AWS::DynamoDB::GlobalTable':
      return `dynamodb:{region}:{account}:table/${name}`;
    case 'AWS::KMS::Key':
      return `kms:{region}:{account}:key/${name}`;
    case 'AWS::Logs::LogGroup':
      return `logs:{region}:{account}:log-group:${name}:*`;
    case 'AWS::IAM::Role':
      return `iam::{account}:role/${name}`;
    default:
      return `${type.split('::')[1]?.toLowerCase() ?? 'aws'}:{region}:{account}:${name}`;
  }
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Replaces the template's intrinsic functions by what they would be in a deployed stack at this place. */
export const intrinsicsResolver = (template: Template, { account, region }: Place): ((value: unknown) => unknown) => {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': 'ami-rollout',
  };
  const nameOf = (logicalId: string): string => {
    const resource = template.Resources[logicalId];
    const property = resource && nameProperties[resource.Type];
    const name = property === undefined ? undefined : resource?.Properties?.[property];
    return name === undefined ? logicalId.toLowerCase() : String(resolve(name));
  };
  const arnOf = (logicalId: string): string =>
    `arn:aws:${arnResource(template.Resources[logicalId]?.Type ?? '', nameOf(logicalId))}`
      .replace('{region}', region)
      .replace('{account}', account);
  const refers = (logicalId: string): string => {
    const special = pseudo[logicalId];
    if (special !== undefined) return special;
    const type = template.Resources[logicalId]?.Type;
    return type === 'AWS::StepFunctions::StateMachine' || type === 'AWS::SNS::Topic'
      ? arnOf(logicalId)
      : nameOf(logicalId);
  };
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (!isRecord(value)) return value;
    if (typeof value['Ref'] === 'string') return refers(value['Ref']);
    if (Array.isArray(value['Fn::GetAtt'])) return arnOf(String(value['Fn::GetAtt'][0]));
    if (Array.isArray(value['Fn::Join'])) {
      const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
      return parts.map((part) => String(resolve(part))).join(separator);
    }
    if (typeof value['Fn::Sub'] === 'string')
      return value['Fn::Sub'].replaceAll(/\$\{([^}!]+)\}/g, (_, name: string) =>
        name.endsWith('.Arn') ? arnOf(name.slice(0, -4)) : refers(name),
      );
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, resolve(field)]));
  };
  return resolve;
};
