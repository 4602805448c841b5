// What the tools tell the person in front of them. Always on stderr: stdout belongs to the program that is started.

/** One short line of progress. @param {string} line */
export const say = line => {
  process.stderr.write(`siegel: ${line}\n`)
}

/** A step that cannot go on. Prints as what failed, why, and what to do about it. */
export class Failure extends Error {
  /**
   * @param {string} what
   * @param {{ why?: string, todo?: string }} [details]
   */
  constructor(what, { why, todo } = {}) {
    super([what, why && `  why: ${why}`, todo && `  what to do: ${todo}`].filter(Boolean).join('\n'))
    this.name = 'Failure'
  }
}
