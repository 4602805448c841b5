import { useEffect, useRef, useState } from 'react'
import type { ChatAccount } from '../../../../shared/features/chat/model'
import { tameName } from '../text/tame'

/** A file that goes with the next press on send. `picture`: a data address of it, where it is one that can be drawn. */
export type PendingFile = Readonly<{ key: number; file: File; picture: string | null }>

/** Why a file was not taken. */
export type RefusedFile = Readonly<{ name: string; why: 'too-large' | 'no-place'; mostBytes: number | null }>

const drawn: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
const largestPictureBytes = 10_000_000
/** The engine takes bytes of a page up to this. */
const mostBytes = 100_000_000

let lastKey = 0

const pictureOf = (file: File): Promise<string | null> =>
  new Promise(resolve => {
    if (!drawn.has(file.type) || file.size > largestPictureBytes) return resolve(null)
    const reader = new FileReader()
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : null)
    reader.onerror = () => resolve(null)
    reader.readAsDataURL(file)
  })

/** Files that were chosen, pasted or dropped, until they are sent or taken away again. */
export function usePendingFiles(account: ChatAccount | undefined) {
  const [list, setList] = useState<readonly PendingFile[]>([])
  const [refused, setRefused] = useState<RefusedFile | null>(null)
  const input = useRef<HTMLInputElement | null>(null)
  useEffect(() => () => input.current?.remove(), [])
  const largest = Math.min(account?.largestFileBytes ?? mostBytes, mostBytes)
  const add = (files: readonly File[]) => {
    setRefused(null)
    for (const file of files) {
      if (account?.canSendFiles !== true || file.size > largest) {
        const why = account?.canSendFiles === true ? ('too-large' as const) : ('no-place' as const)
        setRefused({ name: tameName(file.name), why, mostBytes: largest })
        continue
      }
      lastKey += 1
      const key = lastKey
      setList(all => [...all, { key, file, picture: null }])
      void pictureOf(file).then(picture =>
        setList(all => all.map(each => (each.key === key ? { ...each, picture } : each))),
      )
    }
  }
  const choose = () => {
    input.current?.remove()
    const chooser = document.createElement('input')
    chooser.type = 'file'
    chooser.multiple = true
    chooser.onchange = () => add([...(chooser.files ?? [])])
    input.current = chooser
    chooser.click()
  }
  const remove = (key: number) => setList(all => all.filter(each => each.key !== key))
  return { list, refused, add, choose, remove }
}
