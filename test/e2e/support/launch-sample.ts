import { collectComplaints, row } from './drive'
import { type Launched, launch } from './launch'
import { pageCalls } from './page-calls'

/** The program with the sample mailbox in a profile under the keychain, and what its page complained of so far. */
export async function launchSample(): Promise<{ siegel: Launched; complaints: readonly string[] }> {
  const siegel = await launch()
  const complaints = collectComplaints(siegel.page)
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await call('accounts.addSample', {})
  await row(siegel.page, 'Willkommen bei Siegel').waitFor()
  return { siegel, complaints }
}
