/** Older series get no security fixes any more (the Tor project's list of releases, 2026). */
export const oldestVersion = '0.4.8.0'

/** The version in `Tor version 0.4.9.11.` or `0.4.9.11 (git-…)`; null where there is none. */
export const versionIn = (text: string): string | null =>
  /\b(\d+\.\d+\.\d+\.\d+(?:-[a-z]+)?)/.exec(text)?.[1] ?? null

/** Whether a version of Tor is one that may be used. */
export function isRecent(version: string, oldest = oldestVersion): boolean {
  const numbers = (text: string) => text.split(/[.-]/).slice(0, 4).map(Number)
  const [mine, least] = [numbers(version), numbers(oldest)]
  for (const [at, wanted] of least.entries()) {
    const have = mine[at] ?? Number.NaN
    if (Number.isNaN(have)) return false
    if (have !== wanted) return have > wanted
  }
  return true
}
