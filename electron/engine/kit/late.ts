/** A part that one made earlier calls later: two parts that need each other. `get` before `set` is a fault of ours. */
export type Late<T> = { get(): T; set(value: T): void }

/** `name`: for whoever reads the fault. */
export function late<T>(name: string): Late<T> {
  let held: { value: T } | null = null
  return {
    get: () => {
      if (held === null) throw new Error(`${name} was asked for before it was made`)
      return held.value
    },
    set: value => {
      held = { value }
    },
  }
}
