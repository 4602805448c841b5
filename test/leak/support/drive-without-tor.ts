// Inside the box: a first day with an account that goes direct.
import { answerDialogs } from '../../e2e/support/drive'
import { pageCalls } from '../../e2e/support/page-calls'
import { readAndWrite } from './a-day'
import { launchInBox, step, task } from './in-box'
import * as steps from './window-steps'

const siegel = await step('first start', launchInBox)
const { page } = siegel
await step('choose the key', () => steps.chooseKey(page))
await pageCalls(page)('settings.set', { lookups: false })
await step('enter the servers', () => steps.enterByHand(page))
await step('add the account', () => steps.addAccount(siegel, '127.0.0.1', task))
// Each kind of hostile mail is opened on the day with Tor; here the question is the way, not the mail.
await readAndWrite(siegel, 6)
// Main asks before more is told to others.
await answerDialogs(siegel.app, { button: 1 })
await pageCalls(page)('settings.set', { lookups: true })
await step('reply with look-ups', () => steps.answerToBob(page, 'Reply', 'Once more.'))
await step('end with look-ups', siegel.quit)
process.stdout.write('# done\n')
