import type { z } from 'zod'

/** JSON of a column, or null when it cannot be read. */
export function storedJson<S extends z.ZodType>(schema: S, text: string): z.output<S> | null {
  try {
    const read = schema.safeParse(JSON.parse(text))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
