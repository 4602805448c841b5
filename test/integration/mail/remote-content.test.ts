import { afterAll, expect, test } from 'vitest'
import { type ListedMessage, TestProfile } from '../../support/command-line'

const profile = new TestProfile()
afterAll(() => profile.remove())

test('the command line loads remote images only when told, and never from this machine or the network around it', async () => {
  await profile.create()
  const message = profile.file(
    'news.eml',
    [
      'From: Shop <news@shop.example>',
      'To: me@here.example',
      'Subject: News',
      'Message-ID: <1@shop.example>',
      'Date: Mon, 01 Jun 2026 10:00:00 +0000',
      'Content-Type: text/html',
      '',
      '<img src="https://127.0.0.1/a.png" width="300"><img src="http://localhost/b.png" width="300">',
      '<img src="https://192.168.0.1/c.png" width="300"><img src="https://[::1]/d.png" width="1" height="1">',
      '',
    ].join('\r\n'),
  )
  await profile.json('import', message, '--into', 'local/News')
  const [listed] = await profile.json<ListedMessage[]>('list', 'local/News')
  const id = String(listed?.id)
  expect(await profile.json('show', id, '--html')).not.toHaveProperty('remote')
  const shown = await profile.json<{ html: string }>('show', id, '--html', '--load-remote')
  expect(shown).toMatchObject({
    remote: { loadedCount: 0, failedCount: 3, trackerCount: 1, otherCount: 0 },
    blockedRemoteCount: 4,
  })
  expect(shown.html).not.toMatch(/127\.0\.0\.1|localhost|192\.168|attachment:/)
  // One that looks like a tracker is fetched by itself, by the number that the summary gives it.
  const { doubtfulImages } = await profile.json<{ doubtfulImages: { index: number; host: string }[] }>(
    'show',
    id,
  )
  expect(doubtfulImages).toMatchObject([{ index: 3, host: '[::1]' }])
  expect(await profile.json('show', id, '--html', '--load-image', '3')).toMatchObject({
    remote: { loadedCount: 0, failedCount: 1 },
  })
  expect((await profile.failure('show', id, '--html', '--load-image', '0')).code).toBe('not-found')
  expect((await profile.run('show', id, '--load-image', '3')).exitCode).toBe(2)
  expect((await profile.run('show', id, '--html', '--load-image', 'all')).exitCode).toBe(2)
  const misused = await profile.run('show', id, '--load-remote')
  expect(misused.exitCode).toBe(2)

  expect(await profile.json('remote-content', 'list')).toEqual([])
  expect((await profile.failure('remote-content', 'forget', 'news@shop.example')).code).toBe('not-found')
})
