import type { CommandId } from '../../../shared/ipc/commands'

export type CommandHandlers = Partial<Record<CommandId, () => void>>

/** What lies in front of what: the whole program, the room shown, and a draft or panel in front of it. */
export type CommandLevel = 'app' | 'room' | 'front'

const order: readonly CommandLevel[] = ['front', 'room', 'app']

type Layer = { readonly level: CommandLevel; handlers: CommandHandlers }

/** Who answers which command now: what is in front first, and of those the newest. */
export class CommandRegistry {
  readonly #layers: Layer[] = []

  add(level: CommandLevel): Readonly<{ update(handlers: CommandHandlers): void; remove(): void }> {
    const layer: Layer = { level, handlers: {} }
    this.#layers.push(layer)
    return {
      update: handlers => {
        layer.handlers = handlers
      },
      remove: () => {
        this.#layers.splice(this.#layers.indexOf(layer), 1)
      },
    }
  }

  /** Runs the handler in front. False when nobody answers the command now. */
  run(id: CommandId): boolean {
    for (const level of order)
      for (const layer of this.#layers.toReversed()) {
        const handler = layer.handlers[id]
        if (layer.level !== level || handler === undefined) continue
        handler()
        return true
      }
    return false
  }
}

export const commandRegistry = new CommandRegistry()
