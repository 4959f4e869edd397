import { RolloutError } from '../errors.ts';

/** The text is not a CloudFormation template; the message says where and what is wrong. */
export class InvalidTemplate extends RolloutError {
  override readonly name = 'InvalidTemplate';
}
