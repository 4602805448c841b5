import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { LateDuplex } from '../../../../../../../electron/engine/features/mail/imap/late-duplex'

test('what was written before the stream was there is sent when it is', async () => {
  const late = new LateDuplex()
  late.write('hello ')
  late.end('world')
  // A PassThrough gives back what it takes.
  late.attach(new PassThrough())
  expect(await text(late)).toBe('hello world')
})

test('a handshake that fails ends the stream with its error', async () => {
  const late = new LateDuplex()
  const failed = new Promise(resolve => late.once('error', resolve))
  const error = new Error('no handshake')
  late.destroy(error)
  expect(await failed).toBe(error)
})

test('a stream that comes too late is closed, not leaked', async () => {
  const late = new LateDuplex()
  late.destroy()
  const inner = new PassThrough()
  late.attach(inner)
  expect(inner.destroyed).toBe(true)
})

test('the end of the connection is the end of the stream', async () => {
  const late = new LateDuplex()
  const inner = new PassThrough()
  late.attach(inner)
  const closed = new Promise(resolve => late.once('close', () => resolve(true)))
  inner.destroy()
  expect(await closed).toBe(true)
})
