/** The only place that prints. Results go to stdout, everything else to stderr. */
export type Output = Readonly<{
  json: boolean
  /** The result: JSON with --json, otherwise the lines. */
  result(value: unknown, lines: () => readonly string[]): void
  /** Raw bytes to stdout (show --raw, compose --dry-run). */
  bytes(bytes: Uint8Array): Promise<void>
  note(line: string): void
  error(problem: { code: string; message: string }): void
}>

/** Terminal control characters from mail must not reach the terminal. */
export const printable = (text: string): string =>
  text.replace(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd')

/** JSON in which what `printable` replaces, and JSON.stringify leaves (DEL, C1, bidi controls), is escaped: the same value. */
const safeJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\p{Cc}\p{Bidi_Control}]/gu,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** One line on stderr for what happened beside the result: it must be seen with --json too. */
export const warn = (line: string): void => void process.stderr.write(`siegel: ${printable(line)}\n`)

export function createOutput(
  json: boolean,
  streams: { out: NodeJS.WritableStream; err: NodeJS.WritableStream },
): Output {
  const { out, err } = streams
  return {
    json,
    result(value, lines) {
      if (json) out.write(`${safeJson(value)}\n`)
      else for (const line of lines()) out.write(`${printable(line)}\n`)
    },
    bytes: bytes =>
      new Promise((resolve, reject) => {
        out.write(bytes, error => (error ? reject(error) : resolve()))
      }),
    note: line => void err.write(`${printable(line)}\n`),
    error(problem) {
      if (json) out.write(`${safeJson({ error: problem })}\n`)
      else err.write(`siegel: ${printable(problem.message)}\n`)
    },
  }
}
