// Inside the box: the same profile on a day when there is no Tor.
import { launchInBox, listenFor, step } from './in-box'
import * as steps from './window-steps'

const siegel = await step('start again', launchInBox)
const { page } = siegel
await step('unlock', () => steps.unlock(page))
await step('wait for Tor', () => steps.waitsForTor(page))
await step('open mail', async () => {
  await steps.openMails(page, 1)
  await steps.openNewest(page)
})
await step('load images', () => steps.loadImages(page))
await step('reply', () => steps.answerToBob(page, 'Reply', 'Later, then.'))
await step('idle', () => listenFor(3_000))
await step('end', siegel.quit)
process.stdout.write('# done\n')
