import { describe, expect, test } from 'vitest'
import { zoomAfter } from '../../../../electron/windows/zoom'
import { preferences } from '../../../../shared/kit/status'

describe('the zoom', () => {
  test('goes up and down by the steps, and stops at the ends', () => {
    const up = [100]
    for (let presses = 0; presses < 12; presses += 1) up.push(zoomAfter(up.at(-1) ?? 0, 'in'))
    expect(up).toEqual([100, 110, 125, 150, 175, 200, 250, 300, 400, 400, 400, 400, 400])
    const down = [100]
    for (let presses = 0; presses < 6; presses += 1) down.push(zoomAfter(down.at(-1) ?? 0, 'out'))
    expect(down).toEqual([100, 90, 80, 67, 50, 50, 50])
  })

  test('finds its way from a number between the steps, and back to the plain size', () => {
    expect([zoomAfter(120, 'in'), zoomAfter(120, 'out'), zoomAfter(333, 'reset')]).toEqual([125, 110, 100])
  })

  test('is asked for within its limits only', () => {
    const ask = (zoomPercent: number) => preferences.partial().strict().safeParse({ zoomPercent }).success
    expect([50, 100, 400].map(ask)).toEqual([true, true, true])
    expect([0, 49, 401, 100.5, Number.NaN].map(ask)).toEqual([false, false, false, false, false])
    expect(preferences.partial().strict().parse({})).toEqual({})
  })
})
