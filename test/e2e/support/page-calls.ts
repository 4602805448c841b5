import type { Page } from 'playwright-core'
import type { CallInput, CallOutput, FaceCallName } from '../../../shared/ipc/contract'
import type { Result } from '../../../shared/ipc/result'

type PageWindow = { siegel: { call(name: string, input: unknown): Promise<Result<unknown>> } }

/** Calls as the page makes them, through preload, router and engine; failures throw. */
export const pageCalls =
  (page: Page) =>
  async <N extends FaceCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
    const result = await page.evaluate(
      ([callName, callInput]) => (window as unknown as PageWindow).siegel.call(callName, callInput),
      [name as string, input as unknown] as const,
    )
    if (!result.ok) throw new Error(`${name}: ${result.error.code} ${JSON.stringify(result.error.params)}`)
    return result.value as CallOutput<N>
  }
