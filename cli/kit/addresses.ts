import type { Address } from '../../shared/features/mail/model'

/** "Name <address>" or "address"; several separated by commas outside quotes. */
export function parseAddresses(texts: readonly string[]): Address[] {
  return texts
    .flatMap(text => text.match(/(?:"[^"]*"|[^,])+/g) ?? [])
    .map(text => text.trim())
    .filter(text => text !== '')
    .map(text => {
      const match = /^(?:"([^"]*)"|([^<]*))\s*<([^<>]+)>$/.exec(text)
      return match
        ? { name: (match[1] ?? match[2] ?? '').trim(), address: (match[3] ?? '').trim() }
        : { name: '', address: text }
    })
}
