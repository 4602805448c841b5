import { expect, test } from 'vitest'
import { judgedMail } from '../../../../../fixtures/judged-mail/generate'
import { judge } from '../../../../../fixtures/judged-mail/judge'

/** Prime, so that a slice meets every structure, charset and header in turn. `SIEGEL_MAILS=all` judges each. */
const every = process.env['SIEGEL_MAILS'] === 'all' ? 1 : 5

test('mail of every shape, charset and oddity is read as it was meant', () => {
  const wrong: string[] = []
  let mails = 0
  let judged = 0
  let at = 0
  for (const mail of judgedMail()) {
    if (at++ % every !== 0) continue
    const found = judge(mail)
    mails++
    judged += found.judged
    for (const line of found.wrong) wrong.push(`${mail.name}: ${line}`)
  }
  if (every === 1) console.info(`${mails} mails, ${judged} expectations, ${wrong.length} wrong`)
  expect(wrong.slice(0, 50)).toEqual([])
  expect(mails).toBeGreaterThan(500)
})
