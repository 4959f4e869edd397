/** The text is not a CloudFormation template; the message says where and what to do. */
export class InvalidTemplate extends Error {
  override readonly name = 'InvalidTemplate';
}
