import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { features } from '../../../../renderer/features'

const renderer = join(import.meta.dirname, '../../../../renderer')
const rooms = features.flatMap(({ room }) => room ?? [])
const pages = features.flatMap(({ settings }) => settings ?? [])

/** What the given function is called with, wherever the interface leads somewhere. */
const namedIn = (call: string): string[] => [
  ...new Set(
    readdirSync(renderer, { recursive: true, encoding: 'utf8' })
      .filter(path => /\.tsx?$/.test(path))
      .flatMap(path =>
        [...readFileSync(join(renderer, path), 'utf8').matchAll(new RegExp(`${call}\\('([^']+)'`, 'g'))].map(
          ([, id]) => String(id),
        ),
      ),
  ),
]

test('every room and page of settings that something leads to is there, once', () => {
  const roomIds = rooms.map(({ id }) => id)
  const pageIds = pages.map(({ id }) => id)
  expect(roomIds).toEqual(expect.arrayContaining(namedIn('openRoom')))
  expect(pageIds).toEqual(expect.arrayContaining(namedIn('openSettings')))
  expect(namedIn('openSettings').length).toBeGreaterThan(1)
  for (const ids of [roomIds, pageIds, features.map(({ id }) => id)])
    expect(new Set(ids).size).toBe(ids.length)
})

test('every feature with a folder of its own is in the list', () => {
  const folders = readdirSync(join(renderer, 'features'), { withFileTypes: true })
    .filter(each => each.isDirectory())
    .map(({ name }) => name)
  expect(features.map(({ id }) => id).toSorted()).toEqual(folders.toSorted())
})
