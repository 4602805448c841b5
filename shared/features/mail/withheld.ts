import type { Problem } from '../../kit/status'

type Told = Readonly<{ code: string; params: Readonly<Record<string, unknown>> }>

/** What a `message-withheld` is about: a name for each message, the same every time. Of any other problem nothing. */
export const withheldIn = ({ code, params }: Told | Problem): readonly string[] =>
  code === 'message-withheld'
    ? String(params['which'] ?? '')
        .split(' ')
        .filter(name => name !== '')
    : []

/** Whether the person hid all of it; one more message, and it is told again. */
export const isHidden = (problem: Told | Problem, hidden: readonly string[]): boolean => {
  const which = withheldIn(problem)
  return which.length > 0 && which.every(name => hidden.includes(name))
}
