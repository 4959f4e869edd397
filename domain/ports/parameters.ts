import type { Target } from '../target.ts';

export interface ParameterFacts {
  readonly name: string;
  readonly value: string;
  readonly version: number;
  /** `text`, `aws:ec2:image`, …: what SSM takes the value for. */
  readonly dataType: string;
}

export interface Parameters {
  find(target: Target, name: string): Promise<ParameterFacts | undefined>;
  /**
   * Writes an image id; gives the new version. Of data type `aws:ec2:image` it is validated after the answer: until then
   * readers see the version before.
   */
  putImage(target: Target, name: string, imageId: string, dataType: string): Promise<number>;
  /** One that is not there is no error. */
  remove(target: Target, name: string): Promise<void>;
}
