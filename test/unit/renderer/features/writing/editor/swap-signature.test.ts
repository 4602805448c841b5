import { expect, test } from 'vitest'
import { htmlFromText } from '../../../../../../renderer/features/writing/editor/rich-content'
import { swapSignature } from '../../../../../../renderer/features/writing/editor/swap-signature'

const work = 'Dr. Anna Kant\nExample Ltd & Co\n\n+49 30 1234'
const text = `Dear Bob\n\n-- \n${work}\n\n\n> -- \n> Bob\n`

test('the signature of the account before does not go out under the name of another', () => {
  const body = swapSignature({ text, html: htmlFromText(text) }, work, 'A. K.')
  expect(body.text).toBe('Dear Bob\n\n-- \nA. K.\n\n\n> -- \n> Bob\n')
  expect(body.html).toBe(htmlFromText(body.text))
})

test('an account without a signature leaves none behind', () => {
  const body = swapSignature({ text, html: htmlFromText(text) }, work, '  ')
  for (const each of [body.text, body.html]) expect(each).not.toMatch(/Kant|Example|1234/)
  expect(body.text).toContain('Dear Bob')
  expect(body.text).toContain('> Bob')
})

test('text that was written by hand stays as it is', () => {
  const own = { text: 'Dear Bob\n\n-- \nAnna, in a hurry', html: null }
  expect(swapSignature(own, work, 'A. K.')).toEqual(own)
  expect(swapSignature(own, '', 'A. K.')).toEqual(own)
})

test('nothing but the body comes back, so that the new account is not written over by the old', () => {
  const writing = { text: 'Dear Bob', html: null, accountId: 'old' }
  for (const before of ['', work])
    expect(swapSignature(writing, before, 'A. K.')).not.toHaveProperty('accountId')
})
