import { createHash } from 'node:crypto'
import { domainToASCII } from 'node:url'
import { zbase32 } from './zbase32'

/** One place of a Web Key Directory. */
type WkdPlace = Readonly<{ source: 'wkd-advanced' | 'wkd-direct'; host: string; path: string }>

/**
 * Where the key of an address is to be found (draft-koch-openpgp-webkey-service §3.1), the advanced way first; empty for
 * what is no address. The name before the @ is hashed with its ASCII letters in lower case and sent as it was written.
 */
export function wkdPlaces(address: string): readonly WkdPlace[] {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  const domain = domainToASCII(address.slice(at + 1)).toLowerCase()
  if (at < 1 || domain === '') return []
  const lowered = local.replace(/[A-Z]/g, letter => letter.toLowerCase())
  const hash = zbase32(createHash('sha1').update(lowered, 'utf8').digest())
  const end = `hu/${hash}?l=${encodeURIComponent(local)}`
  return [
    {
      source: 'wkd-advanced',
      host: `openpgpkey.${domain}`,
      path: `/.well-known/openpgpkey/${domain}/${end}`,
    },
    { source: 'wkd-direct', host: domain, path: `/.well-known/openpgpkey/${end}` },
  ]
}
