import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { FieldUtils, S3JsonItemReader, type QueryLanguage } from 'aws-cdk-lib/aws-stepfunctions';
import type { Expr } from './references.ts';
import { renderString } from './render.ts';

/** A JSON array in S3, named at run time. With `version`, exactly the object that was approved is read. */
export interface ItemSource {
  readonly bucket: Expr<string>;
  readonly key: Expr<string>;
  readonly version?: Expr<string>;
}

/**
 * Reads a map's items from an object that is known only at run time.
 *
 * The CDK's reader grants nothing when the bucket's name is a path, and never the key of an encrypted bucket; this one
 * grants both, for the one bucket the items may come from.
 */
export class PlanItemReader extends S3JsonItemReader {
  readonly #itemsBucket: IBucket;
  readonly #version: string | undefined;

  constructor(source: ItemSource, itemsBucket: IBucket) {
    super({ bucketNamePath: renderString(source.bucket), key: renderString(source.key) });
    this.#itemsBucket = itemsBucket;
    this.#version = source.version === undefined ? undefined : renderString(source.version);
  }

  override render(queryLanguage?: QueryLanguage): object {
    const rendered = super.render(queryLanguage) as { readonly Parameters: object };
    if (this.#version === undefined) return rendered;
    return {
      ...rendered,
      Parameters: { ...rendered.Parameters, ...FieldUtils.renderObject({ VersionId: this.#version }) },
    };
  }

  override providePolicyStatements(): PolicyStatement[] {
    const key = this.#itemsBucket.encryptionKey;
    return [
      new PolicyStatement({
        actions: this.#version === undefined ? ['s3:GetObject'] : ['s3:GetObject', 's3:GetObjectVersion'],
        resources: [this.#itemsBucket.arnForObjects('*')],
      }),
      ...(key === undefined ? [] : [new PolicyStatement({ actions: ['kms:Decrypt'], resources: [key.keyArn] })]),
    ];
  }
}
