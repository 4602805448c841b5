import type { ConnectionInfo } from '../../../../shared/kit/status'

/** The relays of a circuit, guard first and exit last: "guardian → middleman → exit". */
export const circuitText = ({ path }: NonNullable<ConnectionInfo['circuit']>): string =>
  path.map(({ nickname, fingerprint }) => nickname || fingerprint.slice(0, 8)).join(' → ')

/** Whether every word of the filter stands somewhere in what a row says. */
export function matchesFilter(filter: string, texts: readonly string[]): boolean {
  const text = texts.join(' ').toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}
