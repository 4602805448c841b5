import type { ChatMessageId } from '../../../../../../shared/features/chat/model'
import type { AccountId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import { openFile } from '../../../../formats/omemo/file/cipher'
import { readFileLink } from '../../../../formats/omemo/file/link'
import type { HttpAnswer } from '../../../../ports/net/http'
import type { ChatParts } from '../link'
import { type FileParts, fileTimes, largestFileBytes, placeOf, sealBytes } from './place'
import type { Progress } from './progress'

type StoredFile = Readonly<{ fileName: string; contentType: string; bytes: Uint8Array }>

type Run = ReturnType<Progress['begin']>
/** What came of a file before it broke off, as it came over the wire. */
type Part = { bytes: Uint8Array }

const gone: readonly number[] = [404, 410]

/** The whole length that an answer says, where it is the rest from `from` on (RFC 9110 §14.4); null for anything else. */
function totalOfRest(answer: HttpAnswer, from: number): number | null {
  const match = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15})$/i.exec(answer.headers.get('content-range') ?? '')
  return match !== null && Number(match[1]) === from ? Number(match[2]) : null
}

/** Fetches what is missing of a file behind `part`, which grows as it comes. */
async function fetchRest(
  files: FileParts,
  accountId: AccountId,
  address: string,
  part: Part,
  run: Run,
): Promise<void> {
  const { request, path } = placeOf(files, accountId, address)
  await files.permitDuring([request], async () => {
    const from = part.bytes.byteLength
    const answer = await files.gate.http(
      {
        ...{ ...request, method: 'GET', path },
        ...(from === 0 ? {} : { headers: { Range: `bytes=${from}-` } }),
      },
      {
        ...fileTimes,
        maxBytes: largestFileBytes + sealBytes - from,
        ...{ signal: run.signal, caPem: files.caOf(accountId) },
      },
    )
    const restTotal = answer.status === 206 && from > 0 ? totalOfRest(answer, from) : null
    if (answer.status !== 200 && restTotal === null) {
      answer.discard()
      // A redirect leads where nobody looked.
      if (answer.status >= 300 && answer.status < 400)
        throw new SiegelError('chat-file-place', { reason: 'redirect' })
      throw new SiegelError('server-refused', { serverCode: String(answer.status) })
    }
    // Whoever sends the whole begins anew.
    if (restTotal === null) part.bytes = new Uint8Array()
    const length = Number(answer.headers.get('content-length') ?? Number.NaN)
    run.total(restTotal ?? (Number.isSafeInteger(length) && length > 0 ? length : null))
    const pieces: Uint8Array[] = [part.bytes]
    let doneBytes = part.bytes.byteLength
    try {
      for await (const piece of answer.body) {
        pieces.push(piece)
        doneBytes += piece.byteLength
        run.done(doneBytes)
      }
    } finally {
      part.bytes = Buffer.concat(pieces)
    }
  })
}

/** Files that others sent: fetched by a person's wish, opened, and kept in the store. What does not fit its seal is shown to nobody. */
export function createDownloads(parts: ChatParts, files: FileParts, progress: Progress) {
  const { messages } = parts.store.chat
  const running = new Map<string, Promise<StoredFile>>()

  const fetchNow = async (accountId: AccountId, id: ChatMessageId, index: number): Promise<StoredFile> => {
    const file = messages.file(id, index)
    if (file === null) throw new SiegelError('not-found', { what: 'attachment' })
    const told = { fileName: file.name, contentType: file.type }
    const kept = messages.fileBytes(file.id)
    if (kept !== null) return { ...told, bytes: kept }
    const run = progress.begin(id, index, file.size)
    // Only a seal proves that two pieces belong together: what came unsealed begins anew.
    const part: Part = {
      bytes: (file.is_encrypted === 1 ? messages.filePart(file.id) : null) ?? new Uint8Array(),
    }
    messages.setFile(file.id, 'fetching', null)
    try {
      const link = file.url.startsWith('aesgcm:') ? readFileLink(file.url) : null
      if (link === null && file.url.startsWith('aesgcm:'))
        throw new SiegelError('chat-file-place', { reason: 'scheme' })
      const open = (): Uint8Array | null => {
        if (link === null) return part.bytes
        const opening = openFile(link)
        const content = opening.update(part.bytes)
        return opening.isWhole() ? content : null
      }
      const address = link?.url ?? file.url
      const isResumed = part.bytes.byteLength > 0
      try {
        await fetchRest(files, accountId, address, part, run)
      } catch (error) {
        // The rest from there on is refused: a server that cannot, or a part that was the whole.
        const isRefused = error instanceof SiegelError && error.params['serverCode'] === '416'
        if (!isResumed || !isRefused) throw error
      }
      let bytes = open()
      if (bytes === null && isResumed) {
        part.bytes = new Uint8Array()
        await fetchRest(files, accountId, address, part, run)
        bytes = open()
      }
      if (bytes === null) throw new SiegelError('chat-file-changed')
      messages.setFile(file.id, 'here', bytes)
      return { ...told, bytes }
    } catch (error) {
      const code = error instanceof SiegelError ? error.code : 'internal'
      const isGone =
        code === 'server-refused' && gone.includes(Number((error as SiegelError).params['serverCode']))
      const isForGood = code === 'chat-file-changed' || code === 'chat-file-place' || code === 'too-large'
      const isPart = file.is_encrypted === 1 && !isForGood && part.bytes.byteLength > 0
      messages.setFile(file.id, isForGood ? 'refused' : isGone ? 'gone' : 'there', null)
      if (isPart) messages.keepFilePart(file.id, part.bytes)
      throw error
    } finally {
      run.end()
    }
  }
  return {
    fetch: (accountId: AccountId, id: ChatMessageId, index: number): Promise<StoredFile> => {
      const name = `${id}/${index}`
      const known = running.get(name)
      if (known !== undefined) return known
      const started = fetchNow(accountId, id, index).finally(() => running.delete(name))
      running.set(name, started)
      return started
    },
    /** What came so far is kept. */
    close: async (): Promise<void> => {
      await Promise.allSettled(running.values())
    },
  }
}
