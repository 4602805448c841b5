import { beforeEach, expect, test } from 'vitest'
import { recalled, rememberedOf } from '../../../../../renderer/features/calendar/state/remembered'
import { showView, useView, zoomHours } from '../../../../../renderer/features/calendar/state/view-state'
import { views } from '../../../../../renderer/features/calendar/time/ranges'
import { settings } from '../../../../../shared/kit/status'

beforeEach(() => useView.setState(useView.getInitialState(), true))

test('every view is one that can be remembered, and what is remembered is put back', () => {
  for (const view of views) {
    showView(view)
    zoomHours(1)
    useView.setState({ secondZone: 'Asia/Tokyo' })
    const kept = settings.shape.calendarView.parse(rememberedOf(useView.getState()))
    useView.setState(useView.getInitialState(), true)
    useView.setState(recalled(kept))
    expect(useView.getState()).toMatchObject({ ...kept, view, secondZone: 'Asia/Tokyo', isRecalled: true })
  }
})

test('hours have a height only where they are shown', () => {
  const { hourPx } = useView.getState()
  for (const view of ['month', 'year', 'agenda'] as const) {
    showView(view)
    zoomHours(1)
    expect(useView.getState().hourPx).toBe(hourPx)
  }
  showView('week')
  zoomHours(1)
  expect(useView.getState().hourPx).toBeGreaterThan(hourPx)
})

test('a zone that this machine does not know is not shown', () => {
  expect(recalled({ view: 'day', hourPx: 64, secondZone: 'Mars/Olympus' })).toMatchObject({
    secondZone: null,
  })
})
