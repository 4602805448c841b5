import type { WebContents } from 'electron'

/** A document that takes longer to lay out is shown as it is. */
const patienceMs = 15_000

export const withoutHash = (url: string): string => url.replace(/#.*$/s, '')

/**
 * A way to run our script beside a mail body. Its frame has no right to run scripts (`mailBodyPolicy`), and that stays: a document
 * without scripts cannot ask, and a page of another origin cannot look into it. Chromium's own debugging door can, from main and
 * from nowhere else; it names no port. It is opened once for a window and left open: closing it while a frame goes away crashes
 * Chromium, and with it the program.
 */
export class FrameDoor {
  readonly #contents: WebContents
  /** Sessions of the frames that are there; the newest comes last. */
  readonly #sessions = new Set<string>()
  readonly #onGone = new Map<string, (reason: Error) => void>()
  /** What is called when something in the frame of a session was opened or closed. */
  readonly #onToggle = new Map<string, () => void>()

  constructor(contents: WebContents) {
    this.#contents = contents
    contents.debugger.on('message', (_event, method, params, session) => this.#note(method, params, session))
    contents.debugger.on('detach', () => {
      for (const session of this.#sessions) this.#end(session)
    })
  }

  async #open(): Promise<void> {
    const door = this.#contents.debugger
    if (door.isAttached()) return
    door.attach('1.3')
    await door.sendCommand('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: true,
    })
  }

  #note(method: string, params: unknown, from: string): void {
    const { sessionId, name } = params as { sessionId?: string; name?: string }
    if (/^DOM\.attribute(?:Modified|Removed)$/.test(method) && name === 'open') this.#onToggle.get(from)?.()
    if (sessionId === undefined) return
    if (method === 'Target.attachedToTarget') this.#sessions.add(sessionId)
    if (method === 'Target.detachedFromTarget') this.#end(sessionId)
  }

  #end(session: string): void {
    this.#sessions.delete(session)
    this.#onToggle.delete(session)
    this.#onGone.get(session)?.(new Error('the frame is gone'))
    this.#onGone.delete(session)
  }

  async #ask(session: string, method: string, params: object): Promise<ReturnType<JSON['parse']>> {
    // A frame that goes while it is asked never answers.
    const isGone = new Promise<never>((_resolve, reject) => this.#onGone.set(session, reject))
    isGone.catch(() => undefined)
    return Promise.race([this.#contents.debugger.sendCommand(method, params, session), isGone])
  }

  /** The newest frame that shows an address: a body that is asked for again stands beside the one before it for a moment. */
  async #find(url: string): Promise<{ session: string; frameId: string } | null> {
    for (const session of [...this.#sessions].toReversed()) {
      try {
        const { frame } = (await this.#ask(session, 'Page.getFrameTree', {})).frameTree
        if (withoutHash(frame.url) === url) return { session, frameId: frame.id }
      } catch {
        // It is gone; the one that is looked for may be another.
      }
    }
    return null
  }

  /**
   * Calls when a `<details>` in the frame that shows an address is opened or closed, until the frame ends. To be asked for anew after
   * each change of its elements: Chromium tells of those that it was asked about.
   */
  async watchToggles(url: string, onToggle: () => void): Promise<void> {
    const found = await this.#find(url)
    if (found === null) return
    const { session } = found
    this.#onToggle.set(session, onToggle)
    await this.#ask(session, 'DOM.enable', {})
    const { root } = await this.#ask(session, 'DOM.getDocument', { depth: 0 })
    await this.#ask(session, 'DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'details' })
  }

  /** Evaluates in the frame that shows an address, in a world apart, in which the mail has no part. Null: there is none. */
  async run(url: string, expression: string): Promise<unknown> {
    await this.#open()
    const found = await this.#find(url)
    if (found === null) return null
    const { session, frameId } = found
    const world = await this.#ask(session, 'Page.createIsolatedWorld', { frameId, worldName: 'siegel' })
    const answer = await this.#ask(session, 'Runtime.evaluate', {
      expression,
      contextId: world.executionContextId,
      returnByValue: true,
      silent: true,
      timeout: patienceMs,
    })
    return answer.result?.value ?? null
  }
}
