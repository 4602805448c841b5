import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DavServer, startRadicale } from '../rig/dav-servers'
import { vdirsyncer } from '../rig/vdirsyncer'
import { median, readable, type Timed, timed } from './measure'
import { type BenchOptions, type BenchTable, ratio, type Scenario, verdict } from './scenario'
import { SiegelCommandLine } from './siegel'

const two = (number: number): string => String(number).padStart(2, '0')

/** Events as people have them, in one file that Radicale takes as a whole calendar. */
const calendarOf = (count: number): string =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Bench//EN'],
    ...Array.from({ length: count }, (_, at) => [
      ...['BEGIN:VEVENT', `UID:bench-${at}`, 'DTSTAMP:20260101T000000Z'],
      `DTSTART:2026${two(1 + (at % 12))}${two(1 + (at % 28))}T${two(8 + (at % 10))}0000Z`,
      ...[
        'DURATION:PT1H',
        `SUMMARY:Meeting ${at} about the plans of the year`,
        'LOCATION:Room 5\\, second floor',
      ],
      `DESCRIPTION:${'What is to be talked about. '.repeat(10)}`,
      ...(at % 10 === 0 ? ['RRULE:FREQ=WEEKLY;COUNT=20'] : []),
      'END:VEVENT',
    ]).flat(),
    ...['END:VCALENDAR', ''],
  ].join('\r\n')

const cardsOf = (count: number): string =>
  Array.from({ length: count }, (_, at) =>
    [
      ...['BEGIN:VCARD', 'VERSION:3.0', `UID:card-${at}`, `FN:Eva Example ${at}`, `N:Example ${at};Eva;;;`],
      ...[`EMAIL;TYPE=home:eva${at}@example.org`, `TEL;TYPE=cell:+49 170 ${at}`, 'ORG:Example Ltd'],
      ...[`NOTE:${'Met at the fair. '.repeat(5)}`, 'END:VCARD', ''],
    ].join('\r\n'),
  ).join('')

const collections = {
  calendars: { path: 'alice%40rig.test/work/', type: 'text/calendar', body: calendarOf },
  contacts: { path: 'alice%40rig.test/people/', type: 'text/vcard', body: cardsOf },
} as const
const kinds = ['calendars', 'contacts'] as const

async function fill(server: DavServer, folder: string, count: number): Promise<void> {
  const ca = join(folder, 'fill-ca.pem')
  writeFileSync(ca, server.ca)
  for (const kind of kinds) {
    const { path, type, body } = collections[kind]
    const file = join(folder, `${kind}.txt`)
    writeFileSync(file, body(count))
    await timed('curl', [
      ...['-sSf', '--cacert', ca, '-u', `${server.userName}:${server.password}`, '-X', 'PUT'],
      ...['-H', `Content-Type: ${type}`, '--data-binary', `@${file}`, `${server.url}${path}`],
    ])
  }
}

type Sample = { first: Timed; again: Timed }

async function siegelRound(server: DavServer): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'siegel-bench-'))
  try {
    const siegel = new SiegelCommandLine(folder)
    await siegel.create()
    const [ca, password] = ['ca.pem', 'password'].map(name => join(folder, name)) as [string, string]
    writeFileSync(ca, server.ca)
    writeFileSync(password, `${server.password}\n`, { mode: 0o600 })
    await siegel.run(
      ...['account', 'add-dav', '--url', server.url, '--user', server.userName],
      ...['--password-file', password, '--ca', ca],
    )
    const pass = () => siegel.run('calendar', 'sync')
    return { first: await pass(), again: await pass() }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function peerRound(server: DavServer): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'siegel-bench-'))
  try {
    const peer = vdirsyncer(
      folder,
      server,
      (['calendars'] as const).map(kind => ({ kind, url: `${server.url}${collections[kind].path}` })),
    )
    await peer.run('discover')
    const pass = () => timed(peer.file, peer.arguments('sync'))
    return { first: await pass(), again: await pass() }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The first sync of a calendar and an address book, in turns with vdirsyncer on the same server. */
async function run({ quick, rounds, say }: BenchOptions): Promise<readonly BenchTable[]> {
  const count = quick ? 500 : 5000
  const folder = mkdtempSync(join(tmpdir(), 'siegel-bench-dav-'))
  const server = await startRadicale()
  const ours: Sample[] = []
  const theirs: Sample[] = []
  try {
    await fill(server, folder, count)
    // Radicale makes its own cache at the first look, whoever looks.
    await peerRound(server)
    for (let round = 0; round < rounds; round += 1) {
      say(`DAV, round ${round + 1} of ${rounds}: Siegel`)
      ours.push(await siegelRound(server))
      say(`DAV, round ${round + 1} of ${rounds}: vdirsyncer`)
      theirs.push(await peerRound(server))
    }
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const row = (name: string, samples: readonly Sample[]) => [
    name,
    readable(median(samples.map(each => each.first.ms))),
    readable(median(samples.map(each => each.first.cpuMs))),
    readable(median(samples.map(each => each.again.ms))),
  ]
  const shares = ours.map((each, at) => each.first.ms / (theirs[at]?.first.ms ?? Number.NaN))
  return [
    {
      title: 'First sync of calendars',
      about: `${count} events from one Radicale, which has made its cache before; whole processes in turns. Siegel starts Node, derives its key with Argon2, finds the collections, and has every object parsed, in the encrypted store and indexed by time and by words; vdirsyncer 0.19 writes a file an object. Both fetch by multiget, so much of both times is the server's.`,
      head: ['', 'first sync', 'processor time', 'again without change'],
      rows: [row('vdirsyncer', theirs), row('Siegel', ours)],
      verdicts: [verdict('Beside vdirsyncer', median(shares), 0.5, ratio)],
    },
  ]
}

export const davSync: Scenario = { name: 'dav-sync', run }
