/** Milliseconds of work before others get their turn. */
const sliceMs = 12

/** Does work that could pause without pausing. */
export function atOnce<T>(work: Generator<void, T>): T {
  for (let step = work.next(); ; step = work.next()) if (step.done === true) return step.value
}

/** Does work in slices: between two of them everything else that waits gets its turn. */
export async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  let sinceMs = performance.now()
  for (let step = work.next(); ; step = work.next()) {
    if (step.done === true) return step.value
    if (performance.now() - sinceMs < sliceMs) continue
    await new Promise(resolve => setImmediate(resolve))
    sinceMs = performance.now()
  }
}
