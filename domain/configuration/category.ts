/** How strict the gates are with an image. */
export type Category = 'base' | 'application' | 'hotfix';
