// Inside the box: what is done with mail, whatever way it came.
import type { Launched } from '../../e2e/support/launch'
import { hostileHtml } from './hostile-mail'
import { listenFor, step, task } from './in-box'
import * as steps from './window-steps'

/** Opens hostile mails, newest first, prints, answers, forwards, pastes, sends, and then nothing for a while. */
export const readAndWrite = async ({ app, page }: Launched, mails: number): Promise<void> => {
  const opened = await step('open hostile mail', () => steps.openMails(page, mails))
  process.stdout.write(`# opened ${opened}\n`)
  await step('follow a link', async () => {
    await steps.openNewest(page)
    await steps.followLink(app, page)
  })
  // The program has no command of its own to print yet: this is what one would ask of Chromium.
  process.stdout.write(`# printed ${await step('print', () => steps.print(app))}\n`)
  await step('reply', () => steps.answerToBob(page, 'Reply', 'I saw nothing.'))
  await step('forward', () => steps.answerToBob(page, 'Forward', 'See this.'))
  await step('paste', () => steps.paste(page, hostileHtml()))
  await step('send', () => steps.allSent(page, 2))
  await step('idle', () => listenFor(task.idleMs))
}
