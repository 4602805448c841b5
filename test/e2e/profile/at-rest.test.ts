import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { until } from '../../support/until'
import { type Launched, launch, launchOn } from '../support/launch'
import { pageCalls } from '../support/page-calls'

/** Words that occur nowhere else; each stands for one kind of content. */
const canaries = {
  subject: 'Zwergkaninchenzucht',
  body: 'Nebelhornkonzert',
  attachment: 'Tintenfischrezeptur',
  query: 'Mondscheintarif',
  draft: 'Sockenwettlauf',
  password: 'Wellblechpalast-7',
} as const

/** Every regular file below a directory, sockets and pipes left out. */
function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap(entry => {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return filesBelow(path)
    return entry.isFile() ? [path] : []
  })
}

/** The ways a word may lie in a file: as it is, in UTF-16, in base64 at each offset, in lower case. */
function traces(word: string): Buffer[] {
  const base64 = [0, 1, 2].map(offset => {
    const text = Buffer.concat([Buffer.alloc(offset, 'x'), Buffer.from(word)]).toString('base64')
    return Buffer.from(text.slice(offset === 0 ? 0 : 4, -4))
  })
  return [Buffer.from(word), Buffer.from(word, 'utf16le'), Buffer.from(word.toLowerCase()), ...base64]
}

/** Which canaries lie readable in which files. */
function found(directories: readonly string[]): string[] {
  const hits: string[] = []
  for (const path of directories.flatMap(filesBelow)) {
    const bytes = readFileSync(path)
    for (const [kind, word] of Object.entries(canaries)) {
      if (traces(word).some(trace => bytes.includes(trace))) hits.push(`${kind} in ${path}`)
    }
  }
  return hits
}

/** Processes that have a file below a directory open. */
const processesOn = (directory: string): string[] =>
  readdirSync('/proc').filter(pid => {
    try {
      return (
        /^\d+$/.test(pid) &&
        readdirSync(`/proc/${pid}/fd`).some(fd => readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith(directory))
      )
    } catch {
      // It has ended, or is somebody else's.
      return false
    }
  })

describe('what lies on the disk', () => {
  let servers: MailServers
  let siegel: Launched

  beforeAll(async () => {
    servers = await startMailServers({ passwords: { alice: canaries.password } })
    const attachment = Buffer.from(`A recipe: ${canaries.attachment}`).toString('base64')
    await servers.deliver(
      'alice@rig.test',
      [
        'From: Bob <bob@rig.test>',
        'To: alice@rig.test',
        `Subject: ${canaries.subject}`,
        'Message-ID: <canary@rig.test>',
        'Date: Mon, 23 Nov 2026 10:00:00 +0000',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        `Come to the ${canaries.body}.`,
        '--b',
        'Content-Type: text/plain; name=recipe.txt',
        'Content-Disposition: attachment; filename=recipe.txt',
        'Content-Transfer-Encoding: base64',
        '',
        attachment,
        '--b--',
        '',
      ].join('\r\n'),
    )
    siegel = await launch()
  })
  afterAll(async () => {
    await siegel?.stop()
    await servers?.stop()
  })

  const readable = () => found([siegel.profile, siegel.desktop.directory])

  test('the search finds a word that is there, so that finding none means something', () => {
    const plain = Buffer.from(`before ${canaries.body} after`)
    const encoded = Buffer.from(plain.toString('base64'))
    for (const bytes of [plain, encoded, Buffer.from(plain.toString(), 'utf16le')])
      expect(traces(canaries.body).some(trace => bytes.includes(trace))).toBe(true)
  })

  test('nothing readable of mail, attachment, draft, search or password, in use, locked, quit and killed', async () => {
    const call = pageCalls(siegel.page)
    await call('app.createProfile', { custody: 'keychain', passphrase: null })
    const account = await call('accounts.add', {
      config: {
        address: 'alice@rig.test',
        displayName: 'Alice',
        services: {
          mail: {
            userName: 'alice@rig.test',
            imap: { host: '127.0.0.1', port: servers.imapsPort, security: 'tls' },
            smtp: { host: '127.0.0.1', port: servers.smtpsPort, security: 'tls' },
            caPem: readFileSync(servers.caFile, 'utf8'),
          },
        },
      },
      password: canaries.password,
    })
    await siegel.page.getByText(canaries.subject).first().click({ timeout: 90_000 })
    await siegel.page.getByText(`Come to the ${canaries.body}.`).first().waitFor({ timeout: 90_000 })
    await call('search.query', { text: canaries.query, mailboxId: null, limit: 10 })
    const search = siegel.page.getByRole('searchbox').first()
    await search.fill(canaries.query)
    await search.press('Enter')
    const draft = await call('drafts.create', { mode: 'new', messageId: null, accountId: account.id })
    const content = { ...draft.content, subject: canaries.draft, text: `A ${canaries.draft} at noon` }
    await call('drafts.save', { draftId: draft.id, content, revision: draft.revision })
    await siegel.page.getByText('Nothing found').first().waitFor()
    expect(readable(), 'in use').toEqual([])

    await call('app.lock', {})
    await siegel.page.getByRole('heading', { name: 'Siegel is locked' }).waitFor()
    expect(readable(), 'locked').toEqual([])

    await call('app.unlock', { passphrase: null })
    await siegel.page.getByText(canaries.subject).first().waitFor({ timeout: 90_000 })
    siegel.app.process().kill('SIGKILL')
    await until(() => processesOn(siegel.profile).length === 0, 'every process of the program ends')
    expect(readable(), 'killed').toEqual([])

    const again = await launchOn(siegel.desktop, { profile: siegel.profile })
    await pageCalls(again.page)('app.unlock', { passphrase: null })
    await again.page.getByText(canaries.subject).first().waitFor({ timeout: 90_000 })
    const drafts = await pageCalls(again.page)('drafts.list', {})
    expect(drafts.map(each => each.content.subject)).toEqual([canaries.draft])
    await again.quit()
    expect(readable(), 'quit').toEqual([])
    expect(statSync(join(siegel.profile, 'store.db')).size).toBeGreaterThan(0)
  }, 540_000)
})
