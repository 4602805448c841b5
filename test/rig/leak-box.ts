import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/**
 * Runs a shell script in the box. `bridges`: loopback ports inside, each carried to a loopback port outside. Answers every
 * place that anything was sent to, loopback included, and what the script printed.
 */
export async function inLeakBox(
  lines: readonly string[],
  bridges: readonly { inside: number; outside: number }[],
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
    const { status, output } = await new Promise<{ status: number; output: string }>(resolve => {
      const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: folder, NODE: process.execPath }
      execFile(box, [folder, script, ...pairs], { env, timeout: 110_000 }, (error, out, err) =>
        resolve({ status: error ? Number(error.code ?? 1) : 0, output: `${out}${err}` }),
      )
    })
    return { sent: packetsIn(readFileSync(join(folder, 'packets.json'), 'utf8')), status, output }
  } finally {
    for (const server of servers) server.close()
    rmSync(folder, { recursive: true, force: true })
  }
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

function packetsIn(json: string): SentPacket[] {
  return (JSON.parse(json) as Listed).nftables.flatMap(({ set }) =>
    (set?.elem ?? []).map(element => {
      const value = (element as { elem?: { val: unknown } }).elem?.val ?? element
      const parts = (value as { concat?: readonly unknown[] }).concat ?? [value]
      return { protocol: String(parts[0]), address: String(parts[1] ?? ''), port: Number(parts[2] ?? 0) }
    }),
  )
}
