import { setTimeout as pause } from 'node:timers/promises'

/**
 * Looks again and again until a condition holds, for what happens in another process or by a timer of the program. Throws, with
 * `what`, when it does not within `ms`.
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  ms = 60_000,
): Promise<void> {
  const endMs = Date.now() + ms
  while (!(await condition())) {
    if (Date.now() > endMs) throw new Error(`timed out: ${what}`)
    await pause(10)
  }
}

/** Lets everything happen that waits for its turn only: promises, and what the machine has answered already. */
export async function turnsOfTheLoop(turns = 10): Promise<void> {
  for (let at = 0; at < turns; at += 1) await new Promise(resolve => setImmediate(resolve))
}
