import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('omemo-peer.py', import.meta.url))

type Answer = Readonly<{ xml?: string; text?: string | null; error?: string; cpuMs?: number }>

/** A device of python-oldmemo (`omemo`) or python-twomemo (`omemo2`), which knows OMEMO from other people than us. */
export function openOmemoPeer(version: 'omemo' | 'omemo2', jid: string, deviceId: number) {
  // Debian's own Python: it has the libraries.
  const child = spawn('/usr/bin/python3', [program, version, jid, String(deviceId)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (bytes: Buffer) => {
    complaint += bytes.toString()
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ask = async (said: object): Promise<Answer> => {
    child.stdin.write(`${JSON.stringify(said)}\n`)
    const { value, done } = await lines.next()
    if (done) throw new Error(`the peer ended: ${complaint}`)
    return JSON.parse(value) as Answer
  }
  const needed = async (said: object): Promise<string> => {
    const { xml, error } = await ask(said)
    if (xml === undefined) throw new Error(`the peer said: ${error}`)
    return xml
  }
  return {
    jid,
    deviceId,
    begin: () => ask({ do: 'begin' }),
    bundle: () => needed({ do: 'bundle' }),
    meet: (jid: string, device: number, xml: string) => ask({ do: 'meet', jid, device, xml }),
    encrypt: (jid: string, device: number, text: string | null) =>
      needed({ do: 'encrypt', jid, device, text }),
    /** A text, null for an empty message, or why not. */
    decrypt: (jid: string, device: number, xml: string) => ask({ do: 'decrypt', jid, device, xml }),
    /** Processor time in milliseconds of what is asked for, one after the other. */
    timed: async (list: readonly object[]): Promise<number> => {
      const { cpuMs, error } = await ask({ do: 'all', list })
      if (cpuMs === undefined) throw new Error(`the peer said: ${error}`)
      return cpuMs
    },
    close: () =>
      new Promise<void>(resolve => {
        child.once('exit', () => resolve())
        child.stdin.end()
      }),
  }
}
