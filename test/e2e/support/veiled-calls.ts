import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { CallInput, FaceCallName } from '../../../shared/ipc/contract'

/** Words in a form in which no search for them finds them: what a test says to the page passes through main. */
const veil = (text: string): number[] => [...Buffer.from(text, 'utf8')].map(byte => byte ^ 0x5a)

/** As `pageCalls`, but neither the question nor the answer goes through the test's own line in clear. */
export const veiledCall = async <N extends FaceCallName>(
  page: Page,
  name: N,
  input: CallInput<N>,
): Promise<void> => {
  const code = await page.evaluate(
    async ([call, veiled]) => {
      const text = new TextDecoder().decode(Uint8Array.from(veiled, byte => byte ^ 0x5a))
      type Answer = { ok: boolean; error?: { code: string } }
      type Bridge = { siegel: { call(name: string, input: unknown): Promise<Answer> } }
      const answer = await (window as unknown as Bridge).siegel.call(call, JSON.parse(text))
      return answer.ok ? null : (answer.error?.code ?? 'unknown')
    },
    [name as string, veil(JSON.stringify(input))] as const,
  )
  if (code !== null) throw new Error(`${name}: ${code}`)
}

/** Types into what has the focus, key by key, so that no message of the test's own line holds the words. */
export const typeKeys = async (page: Page, text: string): Promise<void> => {
  for (const key of text) await page.keyboard.press(key === ' ' ? 'Space' : key)
}

/** Waits until the page shows these words, without saying them. */
export const untilShown = async (page: Page, words: string): Promise<void> => {
  const isShown = () =>
    page.evaluate(
      veiled =>
        document.body.innerText.includes(
          new TextDecoder().decode(Uint8Array.from(veiled, byte => byte ^ 0x5a)),
        ),
      veil(words),
    )
  await expect.poll(isShown).toBe(true)
}
