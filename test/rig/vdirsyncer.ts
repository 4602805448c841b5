import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DavServer } from './dav-servers'

/** What vdirsyncer keeps as files beside a server's. */
type Kept = Readonly<{ kind: 'calendars' | 'contacts'; url: string }>

/** A real vdirsyncer with its files in a folder of its own: the other program on the same objects. */
export function vdirsyncer(
  folder: string,
  server: Pick<DavServer, 'ca' | 'userName' | 'password'>,
  kept: readonly Kept[],
) {
  mkdirSync(folder, { recursive: true })
  const authority = join(folder, 'ca.pem')
  writeFileSync(authority, server.ca)
  const names = kept.map(({ kind }) => kind)
  const storages = kept.map(({ kind, url }) => {
    const [dav, ending] = kind === 'calendars' ? ['caldav', '.ics'] : ['carddav', '.vcf']
    const files = join(folder, kind)
    mkdirSync(files, { recursive: true })
    return `[pair ${kind}]
a = "${kind}_here"
b = "${kind}_there"
collections = null
conflict_resolution = "b wins"
[storage ${kind}_here]
type = "filesystem"
path = "${files}"
fileext = "${ending}"
[storage ${kind}_there]
type = "${dav}"
url = "${url}"
username = "${server.userName}"
password = "${server.password}"
verify = "${authority}"
`
  })
  const config = join(folder, 'config')
  writeFileSync(config, `[general]\nstatus_path = "${join(folder, 'status')}/"\n${storages.join('')}`)
  return {
    file: 'vdirsyncer',
    arguments: (verb: 'discover' | 'sync') => ['-v', 'WARNING', '-c', config, verb, ...names],
    /** Where its files of a kind are. */
    files: (kind: Kept['kind']) => join(folder, kind),
    /** Runs it to its end; throws with its words. */
    run: (verb: 'discover' | 'sync'): Promise<string> =>
      new Promise((resolve, reject) => {
        const args = ['-v', 'WARNING', '-c', config, verb, ...names]
        execFile('vdirsyncer', args, { timeout: 120_000 }, (error, stdout, stderr) => {
          if (error) reject(new Error(`vdirsyncer ${verb}: ${error.message}\n${stdout}\n${stderr}`))
          else resolve(`${stdout}${stderr}`)
        })
      }),
  }
}
