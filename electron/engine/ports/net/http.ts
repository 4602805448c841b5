import type { Readable } from 'node:stream'
import type { GateRequest } from './gate-request'

/** What is sent where its length is known and it is too long to be held: `open` is asked again for each try. */
type HttpUpload = Readonly<{ lengthBytes: number; open: () => Readable }>

/** As whom to sign in, by what the server asks for: Digest (RFC 7616) before Basic (RFC 7617), both inside TLS only. */
export type HttpLogin = Readonly<{
  userName: string
  password: string
  /** Basic without having been asked, for servers that show strangers a page of their own instead of asking. */
  unasked?: true
}>

/** One HTTP/1.1 request (RFC 9110) over TLS. */
export type HttpRequest = GateRequest &
  Readonly<{
    method: string
    /** Path and query as they go into the request line. */
    path: string
    /** In this order, after `Host`. Length, encoding, connection and authorization are the client's own. */
    headers?: Readonly<Record<string, string>>
    body?: Uint8Array | HttpUpload
  }>

/** Bounds of one request, redirects excluded (they are reported and not followed). */
export type HttpOptions = Readonly<{
  /** For everything together, the reading of the body included. */
  timeoutMs: number
  /** For name, connection and TLS. Absent: `timeoutMs`. */
  connectTimeoutMs?: number
  /** Without a byte either way. Absent: `timeoutMs`. */
  idleTimeoutMs?: number
  /** Of the body, as it comes over the wire; more is `too-large`. */
  maxBytes: number
  /** Of the body after decompression. Absent: `maxBytes`. */
  maxDecodedBytes?: number
  /** Offers gzip. A body that comes compressed is decompressed either way. */
  compressed?: true
  /** Extra authorities of the service, PEM. */
  caPem?: string | null
  login?: HttpLogin
  /** Takes an open connection of the same account, purpose and place, and leaves it open for the next. */
  keepAlive?: true
  signal?: AbortSignal
}>

/** The head of an answer, and its body while it comes. */
export type HttpAnswer = Readonly<{
  status: number
  /** By name in small letters; lines of the same name joined with a comma (RFC 9110 §5.3). */
  headers: ReadonlyMap<string, string>
  /** To be read once and to its end, or given up by `discard`. Throws `too-large`, `connection-lost`, `connection-timeout`. */
  body: AsyncIterable<Uint8Array>
  /** The whole body. */
  read: () => Promise<Uint8Array>
  discard: () => void
}>
