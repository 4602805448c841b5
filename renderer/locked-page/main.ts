// The script of a page that opens with a passphrase and without a network. It is bundled into one string and written into
// each such page by the engine (electron/engine/mail/locked-page).
import { type SealedContent, sealedElementId } from '../../shared/features/writing/locked-page-format'
import { openContent } from './open-content'
import { showContent } from './show-content'
import { words } from './words'

const sealed = JSON.parse(document.getElementById(sealedElementId)?.textContent ?? '') as SealedContent
const place = document.getElementById('place') as HTMLElement
const form = document.createElement('form')
const label = document.createElement('label')
const field = document.createElement('input')
const button = document.createElement('button')
const answer = document.createElement('p')

document.title = words.title
field.type = 'password'
field.autocomplete = 'off'
field.autofocus = true
label.append(words.passphrase, field)
button.textContent = words.open
answer.setAttribute('role', 'status')
form.append(label, button, answer)
const title = document.createElement('h1')
title.textContent = words.title
const why = document.createElement('p')
why.textContent = words.why
place.replaceChildren(title, why, form)

form.addEventListener('submit', event => {
  event.preventDefault()
  if (!button.disabled) void open()
})

async function open(): Promise<void> {
  button.disabled = true
  answer.textContent = words.opening
  const content = await openContent(sealed, field.value, share => {
    answer.textContent = `${words.opening} ${String(Math.round(share * 100))} %`
  })
  button.disabled = false
  if (content === null) {
    answer.textContent = words.wrong
    field.select()
    return
  }
  showContent(place, content)
}
