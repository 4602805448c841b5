import type { Page } from 'playwright-core'
import type { CallInput, CallOutput, FaceCallName } from '../../../shared/ipc/contract'
import type { Result } from '../../../shared/kit/result'

type PageWindow = { siegel: { call(name: string, input: unknown): Promise<Result<unknown>> } }

const say = (page: Page, name: string, input: unknown): Promise<Result<unknown>> =>
  page.evaluate(
    ([callName, callInput]) => (window as unknown as PageWindow).siegel.call(callName, callInput),
    [name, input] as const,
  )

/** The page that asks for the lock ends by it; the next one, in its place, says what came of it. */
const lock = async (page: Page): Promise<Result<unknown>> => {
  const before = page.url()
  // Its answer may come before the page ends, or not.
  await say(page, 'app.lock', {}).catch(() => null)
  await page.waitForURL(url => url.href !== before)
  return say(page, 'app.status', {})
}

/** A call as the page makes it, with the answer as it comes. */
export const rawCall = (page: Page, name: string, input: unknown): Promise<Result<unknown>> =>
  name === 'app.lock' ? lock(page) : say(page, name, input)

/** Calls as the page makes them, through preload, router and engine; failures throw. */
export const pageCalls =
  (page: Page) =>
  async <N extends FaceCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const result = await rawCall(page, name, input)
    if (!result.ok) throw new Error(`${name}: ${result.error.code} ${JSON.stringify(result.error.params)}`)
    return result.value as CallOutput<N>
  }
