import { beforeEach, describe, expect, test } from 'vitest'
import { endProgress, showProgress, showToast, useToasts } from '../../../../renderer/state/toasts'

const shown = () => useToasts.getState().toasts

describe('toasts', () => {
  beforeEach(() => useToasts.setState({ toasts: [] }))

  test('a new change takes the place of the old offer to undo', () => {
    showToast({ kind: 'undo', what: 'archive', count: 1, undoId: 1 })
    showToast({ kind: 'undo', what: 'delete', count: 2, undoId: 2 })
    expect(shown()).toMatchObject([{ undoId: 2 }])
  })

  test('a flood of failures does not cover the window', () => {
    for (let at = 0; at < 20; at += 1)
      showToast({ kind: 'failure', failure: { code: 'offline', retryable: true, params: {} } })
    expect(shown().length).toBeLessThanOrEqual(3)
  })

  test('progress moves in place and goes when the work ends', () => {
    showProgress('import', 100, null)
    showProgress('import', 200, null)
    expect(shown()).toMatchObject([{ kind: 'progress', done: 200 }])
    endProgress('import')
    expect(shown()).toEqual([])
  })
})
