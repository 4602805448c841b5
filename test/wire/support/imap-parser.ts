import type { WireConnection } from './wire-connection'

/** An argument of a command: an atom or string, a literal, or a parenthesised list. Bytes of strings are latin1. */
export type ImapArgument = string | Buffer | ImapArgument[]

/** One command as the client sent it. */
export interface ImapCommand {
  readonly tag: string
  /** Upper case; commands that begin with UID carry it: `UID FETCH`. */
  readonly name: string
  readonly arguments: readonly ImapArgument[]
  /** The command line as sent, literals cut out as `{n}`; latin1. */
  readonly line: string
}

/** Reads one command with its literals (RFC 3501 section 4.3, RFC 7888); undefined when the client has gone. */
export async function readImapCommand(connection: WireConnection): Promise<ImapCommand | undefined> {
  const first = await connection.readLine()
  if (first === undefined) return undefined
  let line = first.toString('latin1')
  const tokens = new Tokens()
  let part = line
  for (;;) {
    const literal = /\{(\d+)(\+?)\}$/.exec(part)
    tokens.add(literal ? part.slice(0, literal.index) : part)
    if (!literal) break
    if (literal[2] === '') connection.write('+ go ahead\r\n')
    const bytes = await connection.readBytes(Number(literal[1]))
    const rest = await connection.readLine()
    if (bytes === undefined || rest === undefined) return undefined
    tokens.addLiteral(Buffer.from(bytes))
    part = rest.toString('latin1')
    line += part
  }
  const [tag = '', word = '', ...rest] = tokens.done()
  let name = asText(word).toUpperCase()
  if (name === 'UID' && rest.length > 0) name = `UID ${asText(rest.shift()!).toUpperCase()}`
  return { tag: asText(tag), name, arguments: rest, line }
}

/** An argument as text; a list as an empty text. */
export function asText(argument: ImapArgument | undefined): string {
  if (argument === undefined || Array.isArray(argument)) return ''
  return typeof argument === 'string' ? argument : argument.toString('utf8')
}

/** An argument as a list; a single one as a list of one. */
export function asList(argument: ImapArgument | undefined): ImapArgument[] {
  if (argument === undefined) return []
  return Array.isArray(argument) ? argument : [argument]
}

class Tokens {
  readonly #stack: ImapArgument[][] = [[]]

  add(text: string): void {
    // An atom may hold a section in brackets: BODY.PEEK[HEADER.FIELDS (From To)]<0.100>
    const token = /\(|\)|"((?:[^"\\]|\\.)*)"|(?:[^\s()"[]|\[[^\]]*\])+|\s+/gy
    for (const [whole, quoted] of text.matchAll(token)) {
      if (whole === '(') this.#stack.push([])
      else if (whole === ')') this.#closeList()
      else if (quoted !== undefined) this.#push(quoted.replace(/\\(.)/g, '$1'))
      else if (whole.trim() !== '') this.#push(whole)
    }
  }

  addLiteral(bytes: Buffer): void {
    this.#push(bytes)
  }

  done(): ImapArgument[] {
    while (this.#stack.length > 1) this.#closeList()
    return this.#stack[0]!
  }

  #push(argument: ImapArgument): void {
    this.#stack.at(-1)!.push(argument)
  }

  #closeList(): void {
    if (this.#stack.length === 1) return
    const list = this.#stack.pop()!
    this.#push(list)
  }
}
