/**
 * Rewrites rows of `accounts` as they were before step 11, and no others: what the account is stays at the top of its
 * configuration, and its servers become its mail service, with the way that the account had. A way that cannot be read
 * stays so, and is refused. Also run over what a recovery carries over from an older store.
 */
export const accountsWithServices = `
UPDATE accounts SET
  config = json_object(
    'address', config ->> 'address',
    'displayName', coalesce(config ->> 'displayName', ''),
    'services', CASE config ->> 'kind'
      WHEN 'imap' THEN json_object('mail', json_remove(config, '$.kind', '$.address', '$.displayName'))
      ELSE json_object() END),
  route = CASE
    WHEN config ->> 'kind' <> 'imap' THEN '{}'
    WHEN json_valid(route) THEN json_object('mail', json(route))
    ELSE route END
WHERE CASE WHEN json_valid(config) THEN config ->> 'kind' END IS NOT NULL;
`

/** An account has services; each with a password and a way of its own. `route` holds a way by the kind of service. */
export const services = {
  version: 11,
  name: 'services',
  statements: `
${accountsWithServices}
-- A row without a service is one of an older store: there was only mail then.
CREATE TABLE service_passwords (
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  password TEXT NOT NULL,
  service TEXT NOT NULL DEFAULT 'mail',
  PRIMARY KEY (account, service)
) STRICT, WITHOUT ROWID;
INSERT INTO service_passwords (account, password) SELECT account, password FROM account_passwords;
DROP TABLE account_passwords;
ALTER TABLE service_passwords RENAME TO account_passwords;
`,
} as const
