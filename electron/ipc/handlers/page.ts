import type { MainHandlers } from '../answer-call'
import type { createWaitingForPage } from '../waiting-for-page'

/** What waits for the page, until it says that it has it. */
export const pageHandlers = (
  waiting: ReturnType<typeof createWaitingForPage>,
): Pick<MainHandlers, Extract<keyof MainHandlers, `page.${string}`>> => ({
  'page.waiting': async () => waiting.waiting(),
  async 'page.took'({ ids }) {
    waiting.took(ids)
    return {}
  },
})
