// Inside the box: a first day with an account on Tor, until Tor is gone.
import { pageCalls } from '../../e2e/support/page-calls'
import { readAndWrite } from './a-day'
import { hostileSubjects } from './hostile-mail'
import { launchInBox, listenFor, step, task } from './in-box'
import * as steps from './window-steps'

const siegel = await step('first start', launchInBox)
const { page } = siegel
await step('choose the key', () => steps.chooseKey(page))
// An own Tor would look for its network in place of the one that is killed, which is not the question here.
await pageCalls(page)('tor.configure', { change: { mode: 'running' } })
await step('look for servers', () => steps.discover(page, 'tor'))
await step('add the account', () => steps.addAccount(siegel, 'mail.rig.test', task))
await readAndWrite(siegel, hostileSubjects.length)
const { directoryFingerprint256: directory = null } = task
if (directory !== null)
  await step('look for the key of a recipient', () => steps.findKeyWhileWriting(siegel, directory))
process.stdout.write('# load images\n')
await step('load images', () => steps.loadImages(page))
process.stdout.write('# kill tor\n')
await step('Tor is gone', async () => {
  await steps.waitsForTor(page)
  await listenFor(3_000)
})
await step('end', siegel.quit)
process.stdout.write('# done\n')
