import type { MailService } from '../../../../shared/features/accounts/model'
import { type PinnedExit, pinnedExit } from '../../../../shared/features/network/model'

/** The servers of an account, each once. */
const hostsOf = ({ imap, smtp }: MailService): string[] => [
  ...new Set([imap.host, smtp.host].map(host => host.toLowerCase())),
]

/** A fingerprint as relay lists show it: in groups, with or without `$`, in any case. Null when it is none. */
export function fingerprintOf(typed: string): string | null {
  const bare = typed.trim().replace(/^\$/, '').replaceAll(/\s/g, '').toUpperCase()
  return pinnedExit.shape.fingerprint.safeParse(bare).data ?? null
}

/** What is pinned for an account: null for nothing, undefined when its servers have different ones. */
export function exitOf(mail: MailService, exits: readonly PinnedExit[]): string | null | undefined {
  const found = hostsOf(mail).map(host => exits.find(exit => exit.host === host)?.fingerprint ?? null)
  return found.every(each => each === found[0]) ? found[0] : undefined
}

/** All exits with those of this account replaced; null takes them away, and nothing of other hosts changes. */
export function withExit(
  exits: readonly PinnedExit[],
  mail: MailService,
  fingerprint: string | null,
): PinnedExit[] {
  const hosts = hostsOf(mail)
  const kept = exits.filter(({ host }) => !hosts.includes(host))
  return fingerprint === null ? kept : [...kept, ...hosts.map(host => ({ host, fingerprint }))]
}
