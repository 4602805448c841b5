import { type ChildProcess, spawn } from 'node:child_process'
import { SeededRandom } from '../fixtures/mail-generator-random'

/** When a process is killed: some time after its start, or as soon as its standard output has so many lines. */
export type KillPoint =
  | { readonly kind: 'time'; readonly afterMs: number }
  | { readonly kind: 'lines'; readonly count: number; readonly delayMs: number }

/** A program to run. */
export interface Program {
  readonly file: string
  readonly arguments: readonly string[]
  readonly cwd?: string
  /** Added to the environment of the tests. */
  readonly environment?: Readonly<Record<string, string>>
  /** Written to standard input, which is then closed. */
  readonly input?: string
}

/** How a run ended. */
export interface ProgramRun {
  /** True when it was killed at the point; false when it ended before. */
  readonly killed: boolean
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly elapsedMs: number
}

/**
 * `count` kill points from a seed. Each takes its own equal slice of the run, so that early, middle and late points all
 * occur, in shuffled order. Half go by time when lines are given too.
 * @param limits what one undisturbed run takes: its time, and how many lines it prints when it prints progress.
 */
export function seededKillPoints(
  seed: number,
  count: number,
  limits: { readonly durationMs: number; readonly lines?: number },
): KillPoint[] {
  const random = new SeededRandom(seed, count)
  const points = Array.from({ length: count }, (_, index): KillPoint => {
    const at = (index + random.fraction()) / count
    if (limits.lines !== undefined && limits.lines > 0 && index % 2 === 1) {
      return { kind: 'lines', count: 1 + Math.floor(at * limits.lines), delayMs: random.integer(0, 3) }
    }
    return { kind: 'time', afterMs: Math.round(at * limits.durationMs) }
  })
  for (let i = points.length - 1; i > 0; i--) {
    const other = random.integer(0, i)
    ;[points[i], points[other]] = [points[other] as KillPoint, points[i] as KillPoint]
  }
  return points
}

/** As words for a test name or a failure: what to set to see this one again. */
export function describeKillPoint(point: KillPoint): string {
  return point.kind === 'time' ? `${point.afterMs} ms` : `line ${point.count} + ${point.delayMs} ms`
}

/** Runs a program to its end. Throws when it takes longer than `timeoutMs`. */
export function runToEnd(program: Program, timeoutMs = 60_000): Promise<ProgramRun> {
  return run(program, undefined, timeoutMs)
}

/** Runs a program and kills it and all it started with SIGKILL at the point, unless it ends before. */
export function runAndKill(program: Program, point: KillPoint, timeoutMs = 60_000): Promise<ProgramRun> {
  return run(program, point, timeoutMs)
}

/**
 * Runs and kills until the kill came before the end: a run that was quicker than the one that was measured (its files
 * were in no cache) is begun anew and killed in half the time. `begin` makes everything afresh and answers the program.
 * Answers the point at which it was killed.
 */
export async function killBeforeEnd(begin: () => Program, point: KillPoint): Promise<KillPoint> {
  let at = point
  for (;;) {
    const run = await runAndKill(begin(), at)
    if (run.killed) return at
    if (run.exitCode !== 0) throw new Error(`ended by itself with ${run.exitCode}\n${run.stderr}`)
    at = earlier(at)
  }
}

function earlier(point: KillPoint): KillPoint {
  if (point.kind === 'lines' && point.count > 1)
    return { ...point, count: Math.floor(point.count / 2), delayMs: 0 }
  const wait = point.kind === 'time' ? point.afterMs : point.delayMs
  if (wait < 1) throw new Error(`the program ends before it can be killed at ${describeKillPoint(point)}`)
  const half = Math.floor(wait / 2)
  return point.kind === 'time' ? { ...point, afterMs: half } : { ...point, delayMs: half }
}

async function run(program: Program, point: KillPoint | undefined, timeoutMs: number): Promise<ProgramRun> {
  const startedAt = performance.now()
  const child = spawn(program.file, program.arguments, {
    // An own process group: the kill must reach what the program started, as a power cut would.
    detached: true,
    cwd: program.cwd,
    env: { ...process.env, ...program.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const endWithTests = () => killGroup(child)
  process.once('exit', endWithTests)
  const timers: NodeJS.Timeout[] = []
  let killed = false
  let timedOut = false
  const kill = () => {
    killed = true
    killGroup(child)
  }
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  let lines = 0
  child.stdout.on('data', (chunk: Buffer) => {
    stdout.push(chunk)
    if (point?.kind !== 'lines' || killed) return
    const before = lines
    for (const byte of chunk) if (byte === 0x0a) lines++
    if (lines < point.count || before >= point.count) return
    if (point.delayMs === 0) kill()
    else timers.push(setTimeout(kill, point.delayMs))
  })
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  child.stdin.on('error', () => {})
  child.stdin.end(program.input ?? '')
  if (point?.kind === 'time') timers.push(setTimeout(kill, point.afterMs))
  timers.push(
    setTimeout(() => {
      timedOut = true
      killGroup(child)
    }, timeoutMs),
  )
  try {
    const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>(
      (resolve, reject) => {
        child.once('error', reject)
        child.once('close', (code, name) => resolve([code, name]))
      },
    )
    const text = (chunks: Buffer[]) => Buffer.concat(chunks).toString('utf8')
    const output = { stdout: text(stdout), stderr: text(stderr) }
    if (timedOut) throw new Error(`still running after ${timeoutMs} ms\n${output.stdout}\n${output.stderr}`)
    return {
      killed: killed && signal === 'SIGKILL',
      exitCode,
      ...output,
      elapsedMs: performance.now() - startedAt,
    }
  } finally {
    for (const timer of timers) clearTimeout(timer)
    process.off('exit', endWithTests)
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It ended by itself in the meantime.
  }
}
