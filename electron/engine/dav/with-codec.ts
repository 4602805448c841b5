import { SiegelError } from '../../../shared/kit/result'
import type { ObjectCodec } from '../ports/dav/codec'
import type { DavClient } from './client'
import { hrefKey } from './href'
import type { Multistatus, Row } from './xml/multistatus'
import { caldav, carddav } from './xml/names'

const contentNames = [caldav('calendar-data'), carddav('address-data')]

/** A client that sees the objects of a collection as they are inside. What is not believed has no content: it is asked for alone, and refused there. */
export function withCodec(client: DavClient, collection: URL, codec: ObjectCodec): DavClient {
  const pathOf = (href: string): string => hrefKey(href, collection) ?? href
  const seen = <T extends Multistatus>(answer: T): T => ({
    ...answer,
    rows: answer.rows.filter(({ href }) => !codec.isHidden(pathOf(href))),
  })
  const opened = async (row: Row): Promise<Row> => {
    const props = new Map(row.props)
    for (const name of contentNames) {
      const data = props.get(name)
      if (!data || data.text.trim() === '') continue
      try {
        const bytes = await codec.inside(pathOf(row.href), Buffer.from(data.text, 'utf8'))
        props.set(name, { ...data, text: new TextDecoder().decode(bytes) })
      } catch (error) {
        if (!(error instanceof SiegelError) || error.code !== 'protocol-violation') throw error
        props.delete(name)
      }
    }
    return { ...row, props }
  }
  return {
    ...client,
    propfind: async (url, depth, props, signal) => {
      const answer = await client.propfind(url, depth, props, signal)
      return depth === '0' ? answer : seen(answer)
    },
    syncCollection: async (url, token, signal) => seen(await client.syncCollection(url, token, signal)),
    multiget: async (url, kind, hrefs, signal) => {
      const answer = seen(await client.multiget(url, kind, hrefs, signal))
      const rows: Row[] = []
      for (const row of answer.rows) rows.push(await opened(row))
      return { ...answer, rows }
    },
    get: async (url, signal) => {
      const file = await client.get(url, signal)
      return { ...file, bytes: await codec.inside(pathOf(url.href), file.bytes) }
    },
    put: async (url, bytes, options) =>
      client.put(
        url,
        await codec.outside(pathOf(url.href), bytes, options.condition.kind === 'new'),
        options,
      ),
  }
}
