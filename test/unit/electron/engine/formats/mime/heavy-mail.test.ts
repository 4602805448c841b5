import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { heavyMail } from '../../../../../fixtures/heavy-mail'

const supportFolder = join(import.meta.dirname, '../../mail', '..', '..', '..', '..', 'support')

/** `SIEGEL_HEAVY=100000000` weighs every one at that size; by default those that once took far more than they hold. */
const size = Number(process.env['SIEGEL_HEAVY'] ?? 20_000_000)
const wanted =
  process.env['SIEGEL_HEAVY'] === undefined
    ? [
        'base64 of single bytes, as a file',
        'base64 of single bytes, as text',
        'base64 of single bytes, as OpenPGP',
        'quoted-printable of soft breaks',
        'uuencoded files in a text',
        'a header of many fields',
        'nested multiparts',
        'UTF-7',
      ]
    : Object.keys(heavyMail)

const gigabyte = 1_000_000_000

test('mail made to be heavy takes no more memory than its size explains', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--no-warnings',
      '--import',
      join(supportFolder, 'resolve-typescript.mjs'),
      join(supportFolder, 'weigh-mail.ts'),
      String(size),
      ...wanted,
    ],
    { maxBuffer: 10_000_000 },
  )
  const weighed: { name: string; cpuMs: number; peakBytes: number }[] = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  if (process.env['SIEGEL_HEAVY'] !== undefined)
    console.info(
      weighed
        .map(each => `${each.cpuMs} ms, ${Math.round(each.peakBytes / 1e6)} MB: ${each.name}`)
        .join('\n'),
    )
  expect(weighed.map(each => each.name)).toEqual(wanted)
  expect(weighed.filter(each => each.peakBytes > gigabyte)).toEqual([])
}, 600_000)
