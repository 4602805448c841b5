import { domainToASCII } from 'node:url'

/**
 * One spelling per host, for comparing and dialling: lower case, no brackets, no final dot, IDNA in its ASCII form.
 * Returns an empty string for what is no host name at all.
 */
export function normalHost(host: string): string {
  const bare = host
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase()
  if (bare.includes(':')) return /^[0-9a-f:.]+$/.test(bare) ? bare : ''
  // SRV owner names carry underscores (RFC 2782), which IDNA processing would refuse.
  if (/^[a-z0-9._-]+$/.test(bare)) return bare
  // `domainToASCII` would take these for the end of the host and cut the rest off.
  return /[\s/\\?#@%[\]]/.test(bare) ? '' : domainToASCII(bare)
}

/** Onion names must never reach a resolver (RFC 7686 §2). */
export function isOnion(host: string): boolean {
  return /(^|\.)onion$/.test(normalHost(host))
}
