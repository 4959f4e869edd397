/** Somebody who can sign in at the local server, at its identity provider and with the keys of an AWS user. */
export interface LocalUser {
  readonly id: string;
  readonly groups: readonly string[];
  /** Whether the configuration knows the person: only such people start and approve. */
  readonly person: boolean;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const user = (id: string, person: boolean, groups: readonly string[]): LocalUser => ({
  id,
  groups,
  person,
  accessKeyId: `LOCAL${id.toUpperCase()}`,
  secretAccessKey: `local-secret-of-${id}`,
});

/** Two people who operate, so that one can approve what the other has started; and one who may only look. */
export const localUsers: readonly LocalUser[] = [
  user('alice', true, []),
  user('bob', true, []),
  user('viewer', false, ['viewers']),
];
