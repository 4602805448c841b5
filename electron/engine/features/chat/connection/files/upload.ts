import { Readable } from 'node:stream'
import type { ChatFailure, ChatMessageId } from '../../../../../../shared/features/chat/model'
import { SiegelError } from '../../../../../../shared/kit/result'
import { createFileKey, encryptFile } from '../../../../formats/omemo/file/cipher'
import { writeFileLink } from '../../../../formats/omemo/file/link'
import type { OutgoingRow } from '../../store/outgoing'
import type { ChatParts, Link } from '../link'
import { conditionOf } from '../pubsub'
import { type FileParts, fileTimes, placeOf, sealBytes } from './place'
import type { Progress } from './progress'
import { findUploadPlace, slotFor } from './slot'

/** So much is handed over at once; between two pieces progress is told and a stop is heard. */
const pieceBytes = 65_536
/** A connection that broke is tried again, each time under a new slot and key. */
const mostTries = 3
const pauseMs = 1_000

const sealed = async (bytes: Uint8Array, key: ReturnType<typeof createFileKey>): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = []
  async function* whole() {
    yield bytes
  }
  for await (const piece of encryptFile(whole(), key)) pieces.push(piece)
  return Buffer.concat(pieces)
}

function* piecesOf(body: Uint8Array, onDone: (bytes: number) => void): Generator<Uint8Array> {
  for (let at = 0; at < body.byteLength; at += pieceBytes) {
    onDone(at)
    yield body.subarray(at, at + pieceBytes)
  }
  onDone(body.byteLength)
}

type Sending = Readonly<{
  fileName: string
  bytes: Uint8Array
  isEncrypted: boolean
  signal: AbortSignal
  onDone: (bytes: number) => void
}>

/** Puts a file to the own server under a slot and a key of this try alone; its link. */
async function put(parts: ChatParts, files: FileParts, link: Link, file: Sending): Promise<string> {
  link.uploadPlace ??= await findUploadPlace(link)
  const place = link.uploadPlace
  if (place === null) throw new SiegelError('chat-no-upload')
  const sizeBytes = file.bytes.byteLength
  if (sizeBytes + sealBytes > place.largestBytes)
    throw new SiegelError('too-large', { file: file.fileName, limitBytes: place.largestBytes, sizeBytes })
  const key = file.isEncrypted ? createFileKey() : null
  const body = key === null ? file.bytes : await sealed(file.bytes, key)
  const end = /\.[a-z0-9]{1,5}$/i.exec(file.fileName)?.[0]?.toLowerCase() ?? ''
  // Its name says nothing to the server.
  const hidden = [...parts.random.bytes(12)].map(byte => byte.toString(16).padStart(2, '0')).join('')
  const slot = await slotFor(link, place.jid, `${hidden}${end}`, body.byteLength)
  const { request, path } = placeOf(files, link.accountId, slot.put)
  placeOf(files, link.accountId, slot.get)
  const status = await files.permitDuring([request], async () => {
    const answer = await files.gate.http(
      {
        ...{ ...request, method: 'PUT', path },
        headers: { 'Content-Type': 'application/octet-stream', ...slot.headers },
        body: { lengthBytes: body.byteLength, open: () => Readable.from(piecesOf(body, file.onDone)) },
      },
      { ...fileTimes, maxBytes: 100_000, caPem: files.caOf(link.accountId), signal: file.signal },
    )
    answer.discard()
    return answer.status
  })
  if (status < 200 || status > 299) throw new SiegelError('server-refused', { serverCode: String(status) })
  return key === null ? slot.get : writeFileLink({ url: slot.get, ...key })
}

/** Why a file did not come to the server, as it is shown at its message. */
function failureOf(error: unknown): { cause: ChatFailure; detail: string } {
  const code = error instanceof SiegelError ? error.code : 'internal'
  const facts = error instanceof SiegelError ? error.params : {}
  if (code === 'cancelled') return { cause: 'stopped', detail: '' }
  if (code === 'chat-no-upload') return { cause: 'no-upload', detail: '' }
  if (code === 'too-large') return { cause: 'too-large', detail: '' }
  if (code === 'chat-file-place') return { cause: 'upload-place', detail: String(facts['reason'] ?? '') }
  if (code === 'server-refused') return { cause: 'file-refused', detail: conditionOf(error) ?? '' }
  return { cause: 'upload-broken', detail: '' }
}

/** What came of one try: the file is there, it failed for good, or it waits for a stream. */
type Tried = 'sent' | 'failed' | 'waits'

/** Files of own messages on their way to the server: one after the other, each shown with what is done of it, to be stopped at any time. */
export function createUploads(parts: ChatParts, files: FileParts, progress: Progress) {
  const { messages, outgoing, conversations } = parts.store.chat
  const rounds = new Map<Link, Promise<boolean>>()
  let isClosing = false

  const one = async (link: Link, row: OutgoingRow & { message: ChatMessageId }): Promise<Tried> => {
    const conversation = conversations.get(row.conversation)
    const file = messages.file(row.message, 0)
    const bytes = file && messages.fileBytes(file.id)
    if (conversation === null || file === null || bytes === null) {
      outgoing.fail(row.id, { cause: 'file-gone', detail: '' })
      return 'failed'
    }
    const isEncrypted = conversation.mode === 'encrypted' && row.in_clear === 0
    const run = progress.begin(row.message, 0, bytes.byteLength)
    try {
      for (let tries = 1; ; tries += 1)
        try {
          const url = await put(parts, files, link, {
            ...{ fileName: file.name, bytes, isEncrypted, signal: run.signal, onDone: run.done },
          })
          outgoing.uploaded(row.id, { url, isEncrypted })
          return 'sent'
        } catch (error) {
          const failure = failureOf(error)
          // Without a stream it goes on when there is one again; a person's stop is a stop.
          if (isClosing || (link.bound === null && failure.cause !== 'stopped')) return 'waits'
          if (failure.cause === 'upload-broken' && tries < mostTries) {
            await parts.clock.sleep(pauseMs * tries, run.signal).catch(() => undefined)
            if (!run.signal.aborted) continue
          }
          parts.log.info('a file could not be sent', {
            ...{ cause: failure.cause, code: error instanceof SiegelError ? error.code : 'internal' },
          })
          outgoing.fail(row.id, run.signal.aborted && !isClosing ? { cause: 'stopped', detail: '' } : failure)
          return 'failed'
        }
    } finally {
      run.end()
    }
  }
  const round = async (link: Link): Promise<boolean> => {
    let hasSent = false
    while (link.bound !== null && link.isCaughtUp && !isClosing) {
      const [next] = outgoing.uploads(link.accountId)
      if (next === undefined) break
      const tried = await one(link, next)
      if (tried === 'waits') break
      if (tried === 'sent') hasSent = true
    }
    return hasSent
  }
  return {
    /** Sends the files that wait; one round at a time. True when one of them is there now. */
    send: (link: Link): Promise<boolean> => {
      const running = rounds.get(link)
      if (running !== undefined) return running
      const next = round(link).finally(() => rounds.delete(link))
      rounds.set(link, next)
      return next
    },
    /** What is under way waits for the next start. */
    close: async (): Promise<void> => {
      isClosing = true
      progress.stopAll()
      await Promise.allSettled(rounds.values())
    },
  }
}
