import type { Page } from 'playwright-core'

/** A call of the page to the engine, and what it asked with. */
export type WatchedCall = Readonly<{ name: string; input: unknown }>

type Watched = { siegelCalls?: WatchedCall[] }

/**
 * Every call that the page makes over its port to the engine, from now on: counted in the preload script's own world, where the
 * port is, so that nothing of the program is in the place of something else. `documents`: bodies that the frame asked main for.
 */
export async function watchCalls(page: Page): Promise<{
  /** What was called since the last time. */
  take(): Promise<WatchedCall[]>
  takeDocuments(): number
}> {
  const session = await page.context().newCDPSession(page)
  const worlds: { id: number; isPreload: boolean }[] = []
  session.on('Runtime.executionContextCreated', ({ context }) => {
    worlds.push({ id: context.id, isPreload: context.name === 'Electron Isolated Context' })
  })
  await session.send('Runtime.enable')
  const world = worlds.find(({ isPreload }) => isPreload)
  if (world === undefined) throw new Error('the world of the preload script was not found')
  const inPreload = async <T>(work: () => T): Promise<T> => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      contextId: world.id,
      expression: `(${work.toString()})()`,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value as T
  }
  await inPreload(() => {
    const calls: WatchedCall[] = []
    Object.assign(globalThis, { siegelCalls: calls })
    const post = MessagePort.prototype.postMessage
    MessagePort.prototype.postMessage = function (message: { name?: string; input?: unknown }) {
      if (typeof message.name === 'string') calls.push({ name: message.name, input: message.input })
      post.call(this, message)
    }
  })
  let documents = 0
  page.on('request', request => {
    if (request.url().startsWith('mail-body:')) documents += 1
  })
  return {
    take: () => inPreload(() => (globalThis as Watched).siegelCalls?.splice(0) ?? []),
    takeDocuments() {
      const count = documents
      documents = 0
      return count
    },
  }
}
