import { launchReferencePrefix } from './source.ts';

/** Whether a value is `resolve:ssm:…`, which EC2 reads at each launch. */
export const isLaunchReference = (value: string): boolean => value.startsWith(launchReferencePrefix);

/**
 * The SSM parameter that `resolve:ssm:NAME` names, or why writing a parameter would never reach the launches. A `*` stands
 * for a piece that only the stack knows.
 * {@link https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html}
 */
export const launchReference = (text: string): { readonly name: string } | { readonly problem: string } => {
  const name = text.slice(launchReferencePrefix.length);
  if (name.startsWith('arn:'))
    return { problem: 'is shared by its owner and cannot be written from here: use a parameter of the same account' };
  const [bare = '', selector] = name.split(':');
  if (selector !== undefined)
    return { problem: `names version or label ${selector}, so a new value never reaches it: leave :${selector} out` };
  if (bare.startsWith('/aws/'))
    return { problem: 'belongs to AWS and cannot be written: use an SSM parameter of your own' };
  if (!/^[\w./*-]+$/.test(bare)) return { problem: 'is no name of an SSM parameter' };
  return { name: bare };
};

/** Whether a reference with `*` for what the template leaves open may be this one. */
export const couldBe = (reference: string, asked: string): boolean =>
  new RegExp(
    `^${reference
      .split('*')
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.+')}$`,
  ).test(asked);
