import type { Target } from '../target.ts';

export interface ParameterFacts {
  readonly name: string;
  readonly value: string;
  readonly version: number;
}

export interface Parameters {
  find(target: Target, name: string): Promise<ParameterFacts | undefined>;
  /** Writes an image id with data type `aws:ec2:image`; gives the version whose asynchronous validation is still under way. */
  putImage(target: Target, name: string, imageId: string): Promise<number>;
}
