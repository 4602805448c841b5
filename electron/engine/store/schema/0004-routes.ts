/** The way of each account out of this machine. In the row of the account, so that one is never saved without the other. */
export const routes = {
  version: 4,
  name: 'routes',
  statements: `
ALTER TABLE accounts ADD COLUMN route TEXT NOT NULL DEFAULT '{"kind":"direct"}';
`,
} as const
