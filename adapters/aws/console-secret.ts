import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';

const secretSchema = z.object({
  /** What the sessions of browsers are sealed with. */
  sessionKey: z.string().check(z.minLength(32)),
  /** The pages' secret at the identity provider; empty: they are a public client. */
  clientSecret: z.string(),
});

/** The secret of the pages. */
export type ConsoleSecret = z.infer<typeof secretSchema>;

/** Read when it is first needed, kept for as long as the function lives, and read again after a failure. */
export const awsConsoleSecret = (arn: () => string): (() => Promise<ConsoleSecret>) => {
  let read: Promise<ConsoleSecret> | undefined;
  const ask = async (): Promise<ConsoleSecret> => {
    const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: arn() }));
    const { data } = secretSchema.safeParse(JSON.parse(SecretString ?? '{}'));
    // What is wrong with it would quote it.
    if (!data)
      throw new Error(`secret ${arn()} must be an object with sessionKey (32 characters or more) and clientSecret`);
    return data;
  };
  return async () => {
    try {
      return await (read ??= ask());
    } catch (error) {
      read = undefined;
      throw error;
    }
  };
};
