import { spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'

/** A finished command: wall-clock and processor time of the whole process, and what it printed. */
export type Timed = Readonly<{ ms: number; cpuMs: number; stdout: string }>

/** The shell tells what the processors worked for the command, whoever else kept them busy. */
const withCpuTime = ['-c', 'TIMEFORMAT="cpu %U %S"; time "$@"', 'bash']

/** Runs a command to its end and times it. Throws with its words when it fails. */
export function timed(
  file: string,
  args: readonly string[],
  options: { env?: Readonly<Record<string, string | undefined>>; mayFail?: boolean } = {},
): Promise<Timed> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn('bash', [...withCpuTime, file, ...args], {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', chunk => {
      stdout += chunk
    })
    child.stderr.on('data', chunk => {
      stderr += chunk
    })
    child.on('error', reject)
    child.on('close', code => {
      const ms = performance.now() - start
      if (code !== 0 && options.mayFail !== true)
        reject(new Error(`${file} ${args.join(' ')} ended with ${code}\n${stdout}\n${stderr}`))
      else {
        const [, user, system] = /cpu ([\d.]+) ([\d.]+)\s*$/.exec(stderr) ?? []
        resolve({ ms, cpuMs: (Number(user) + Number(system)) * 1000, stdout })
      }
    })
  })
}

/** The value below which this share of the values lies (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

/** Milliseconds as people read them. */
export const readable = (ms: number): string =>
  ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : ms >= 10 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(2)} ms`

export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(0)} MB`
