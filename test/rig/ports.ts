import { mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { until } from '../support/until'

// Below the ephemeral range (32768 and up), so that no outgoing connection sits on a port between two starts of a server.
const firstPort = 10_101
const lastPort = 31_999
const leaseFolder = `/tmp/.siegel-rig-ports-${process.getuid?.() ?? 0}`

/** Loopback ports that no other test process takes until they are released. */
export interface PortLease {
  readonly ports: readonly number[]
  release(): void
}

/** Leases `count` free loopback TCP ports. Safe between parallel test processes: one file per leased port. */
export async function leasePorts(count: number): Promise<PortLease> {
  mkdirSync(leaseFolder, { recursive: true })
  const ports: number[] = []
  const span = lastPort - firstPort + 1
  // Each process begins elsewhere, so parallel starts seldom meet.
  const start = (process.pid * 97) % span
  for (let step = 0; step < span && ports.length < count; step++) {
    const port = firstPort + ((start + step) % span)
    if (!takeLease(port)) continue
    if (await isFree(port)) ports.push(port)
    else dropLease(port)
  }
  if (ports.length < count) throw new Error('no free loopback ports')
  return { ports, release: () => ports.forEach(dropLease) }
}

const leaseFile = (port: number) => join(leaseFolder, String(port))

function takeLease(port: number): boolean {
  for (const lastTry of [false, true]) {
    try {
      writeFileSync(leaseFile(port), String(process.pid), { flag: 'wx' })
      return true
    } catch {
      if (lastTry || holderIsAlive(port)) return false
      dropLease(port)
    }
  }
  return false
}

function holderIsAlive(port: number): boolean {
  try {
    const holder = Number(readFileSync(leaseFile(port), 'utf8'))
    if (!Number.isInteger(holder) || holder <= 0) return true
    process.kill(holder, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function dropLease(port: number): void {
  try {
    unlinkSync(leaseFile(port))
  } catch {
    // Another process has cleared a lease it found abandoned.
  }
}

/** Waits until the processes that held these ports have really let go of them. Throws after `timeoutMs`. */
export async function waitUntilFree(ports: readonly number[], timeoutMs = 60_000): Promise<void> {
  for (const port of ports) await until(() => isFree(port), `port ${port} is free`, timeoutMs)
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
