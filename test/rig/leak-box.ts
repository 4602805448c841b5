import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Why no box can be made on this machine; null when one can. */
export function whyNoLeakBox(): string | null {
  for (const program of ['nft', 'ip', 'unshare'])
    try {
      execFileSync('sh', ['-c', `command -v ${program} || command -v /usr/sbin/${program}`], {
        stdio: 'ignore',
      })
    } catch {
      return `${program} is not installed`
    }
  const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']
  try {
    execFileSync('unshare', [...asRoot, '--net', '--mount', 'true'], { stdio: 'ignore' })
    return null
  } catch {
    return 'this machine permits no network namespaces'
  }
}

/** Something that was sent: `6 192.0.2.1 443` is protocol, address and port. */
export type SentPacket = Readonly<{ protocol: string; address: string; port: number }>

/** More for a script that needs it. */
export type LeakBoxOptions = Readonly<{
  /** Beside PATH, HOME and NODE. */
  environment?: Readonly<Record<string, string>>
  /** Told each line of the output as it is printed. */
  onLine?: (line: string) => void
  /** The script is ended after this. Default: 110 s. */
  timeoutMs?: number
}>

/**
 * Runs a shell script in the box. `bridges`: loopback ports inside, each carried to a loopback port outside. Answers every
 * place that anything was sent to, loopback included, and what the script printed.
 */
export async function inLeakBox(
  lines: readonly string[],
  bridges: readonly { inside: number; outside: number }[],
  options: LeakBoxOptions = {},
): Promise<{ sent: readonly SentPacket[]; status: number; output: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'box-'))
  const servers: Server[] = []
  try {
    const pairs = await Promise.all(
      bridges.map(async ({ inside, outside }) => {
        const path = join(folder, `${inside}.sock`)
        servers.push(await carry(path, outside))
        return `${inside}=${path}`
      }),
    )
    const script = join(folder, 'script.sh')
    writeFileSync(script, ['#!/bin/sh', ...lines, ''].join('\n'))
    chmodSync(script, 0o755)
    const box = fileURLToPath(new URL('./leak-box.sh', import.meta.url))
    const env = {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: folder,
      NODE: process.execPath,
      ...options.environment,
    }
    const { status, output } = await run([box, folder, script, ...pairs], env, options)
    return { sent: packetsIn(readFileSync(join(folder, 'packets.json'), 'utf8')), status, output }
  } finally {
    for (const server of servers) server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function run(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  { onLine, timeoutMs = 300_000 }: LeakBoxOptions,
): Promise<{ status: number; output: string }> {
  const [file = '', ...args] = command
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', line => {
      said.push(line)
      onLine?.(line)
    })
  const status = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(code ?? 1))
  })
  return { status, output: said.map(line => `${line}\n`).join('') }
}

function carry(path: string, port: number): Promise<Server> {
  const server = createServer(socket => {
    const onward = connect(port, '127.0.0.1')
    socket.on('error', () => onward.destroy())
    onward.on('error', () => socket.destroy())
    socket.on('close', () => onward.destroy())
    onward.on('close', () => socket.destroy())
    socket.pipe(onward).pipe(socket)
  })
  return new Promise(resolve => server.listen(path, () => resolve(server)))
}

type Listed = { nftables: readonly { set?: { elem?: readonly unknown[] } }[] }

/**
 * What `nft -j list table inet box` tells of. What is neither TCP nor UDP stands there as the bare name or number of
 * its protocol, and has no port.
 */
export function packetsIn(json: string): SentPacket[] {
  return (JSON.parse(json) as Listed).nftables.flatMap(({ set }) =>
    (set?.elem ?? []).map(element => {
      const value = inner(element, 'elem', 'val') ?? element
      const concat = inner(value, 'concat')
      const [protocol, address, port] = Array.isArray(concat) ? concat : [value]
      const name = typeof protocol === 'object' ? JSON.stringify(protocol) : String(protocol)
      return { protocol: name, address: String(address ?? ''), port: Number(port ?? 0) }
    }),
  )
}

/** A value some levels down in an object; a string has a `concat` too, and is none. */
const inner = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
    value,
  )
