import { z } from 'zod'
import snapshotFile from './ispdb-snapshot.json'

const server = z.object({
  host: z.string(),
  port: z.number().int(),
  security: z.enum(['tls', 'starttls']),
  user: z.enum(['address', 'local']),
})
const snapshot = z.object({
  takenOn: z.string(),
  providers: z.array(
    z.object({
      name: z.string(),
      domains: z.array(z.string()),
      imap: z.array(server),
      smtp: z.array(server),
      hint: z.string().nullable(),
      origin: z.string(),
    }),
  ),
})

/** A server as a provider describes it; `host` and `userName` may hold placeholders such as %EMAILADDRESS%. */
export type ServerTemplate = Readonly<{
  protocol: 'imap' | 'smtp'
  host: string
  port: number
  security: 'tls' | 'starttls'
  userName: string
}>

/** A provider whose settings are known without asking anyone. */
export type KnownProvider = Readonly<{
  name: string
  /** What a person must know before a password works; the interface has the words. */
  hint: string | null
  source: 'preset' | 'ispdb-snapshot'
  evidence: string
  servers: readonly ServerTemplate[]
}>

const wholeAddress = '%EMAILADDRESS%'

/**
 * mailbox.org, from its help pages (kb.mailbox.org). The user name is the primary address, never an alias. With
 * two-factor sign-in a mail app password is needed, and there are two kinds: the one for e-mail opens IMAP, SMTP and
 * ManageSieve but not the address book and calendar; the hint says so.
 */
const mailboxOrg: KnownProvider = {
  name: 'mailbox.org',
  hint: 'mailbox.org-app-password',
  source: 'preset',
  evidence: 'mailbox.org',
  servers: [
    { protocol: 'imap', host: 'imap.mailbox.org', port: 993, security: 'tls', userName: wholeAddress },
    { protocol: 'smtp', host: 'smtp.mailbox.org', port: 465, security: 'tls', userName: wholeAddress },
    { protocol: 'smtp', host: 'smtp.mailbox.org', port: 587, security: 'starttls', userName: wholeAddress },
  ],
}

const presets: ReadonlyMap<string, KnownProvider> = new Map([
  ['mailbox.org', mailboxOrg],
  // Mail to and from this name goes only over TLS; the servers and the login are the same.
  ['secure.mailbox.org', mailboxOrg],
])

let byDomain: ReadonlyMap<string, KnownProvider> | null = null

/** Settings for a mail domain (lower case, ASCII) from the presets or the bundled snapshot; asks nobody. */
export function knownProvider(domain: string): KnownProvider | null {
  byDomain ??= readSnapshot()
  return presets.get(domain) ?? byDomain.get(domain) ?? null
}

function readSnapshot(): ReadonlyMap<string, KnownProvider> {
  const { providers, takenOn } = snapshot.parse(snapshotFile)
  const map = new Map<string, KnownProvider>()
  for (const { name, domains, imap, smtp, hint, origin } of providers) {
    const template = (protocol: 'imap' | 'smtp') => (entry: z.infer<typeof server>) => {
      const { user, ...place } = entry
      return { protocol, ...place, userName: user === 'local' ? '%EMAILLOCALPART%' : wholeAddress }
    }
    const servers = [...imap.map(template('imap')), ...smtp.map(template('smtp'))]
    const provider: KnownProvider = {
      name,
      hint,
      source: 'ispdb-snapshot',
      evidence: `${origin} (${takenOn})`,
      servers,
    }
    for (const domain of domains) map.set(domain, provider)
  }
  return map
}
