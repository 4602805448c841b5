/**
 * The keyboard never stands nowhere. When what had the focus goes away (a row, a dialog, a pane that gives way), the browser
 * puts the focus on the page itself, where a screen reader is lost and the next Tab begins at the top. This takes it to the
 * place that is nearest: beside what went away, else where it was before, else to the pane in front.
 */

const bounds = '[data-pane], [role=dialog], [role=alertdialog]'
/** Where panes are none (a set-up, a locked window), all of the screen is one. */
const boundsOrScreen = `${bounds}, main`
const tabbable = [
  'input:not([type=hidden])',
  'textarea',
  'select',
  'button',
  'a[href]',
  'iframe',
  '[contenteditable=true]',
  '[tabindex]',
].join(', ')

/** Places kept; nobody goes back further. */
const mostPlaces = 12

/** One step on the way from what has the focus up to the page, with what stood beside it. */
type Step = Readonly<{ parent: Element; next: Element | null; previous: Element | null }>

const stepsAbove = (element: Element): readonly Step[] => {
  const steps: Step[] = []
  for (let child = element; child.parentElement !== null; child = child.parentElement)
    steps.push({
      parent: child.parentElement,
      next: child.nextElementSibling,
      previous: child.previousElementSibling,
    })
  return steps
}

const isUsable = (element: HTMLElement): boolean =>
  element.isConnected &&
  element.checkVisibility({ visibilityProperty: true }) &&
  !element.matches(':disabled, [data-focus-scope-start], [data-focus-scope-end]') &&
  element.closest('[inert], [aria-hidden=true]') === null

/** Takes the focus there; false when it would not go. */
const goTo = (element: Element | null | undefined): boolean => {
  if (!(element instanceof HTMLElement) || element === document.body || !isUsable(element)) return false
  element.focus({ preventScroll: true })
  return document.activeElement === element
}

/** What the person used last. Who points sees where, and what is read must not move under that eye. */
let lastUsed: 'keys' | 'pointer' = 'pointer'

/** The same to a single control, which may have been scrolled away from somebody who goes by keys. */
const goAndShow = (element: Element): boolean => {
  const goes = goTo(element)
  if (goes && lastUsed === 'keys') element.scrollIntoView({ block: 'nearest' })
  return goes
}

const goToFirstIn = (element: Element | null): boolean => {
  if (element === null) return false
  if (element.matches(tabbable) && (element as HTMLElement).tabIndex >= 0 && goAndShow(element)) return true
  return [...element.querySelectorAll<HTMLElement>(tabbable)].some(
    each => each.tabIndex >= 0 && goAndShow(each),
  )
}

const goToStopOf = (pane: Element): boolean => [...pane.querySelectorAll('[data-pane-stop]')].some(goTo)

/** Beside what went away, inside the pane or dialog it stood in. */
const goBeside = (steps: readonly Step[]): boolean => {
  const bound = steps.find(({ parent }) => parent.matches(boundsOrScreen))?.parent
  if (bound === undefined || !bound.isConnected) return false
  if (goToStopOf(bound)) return true
  for (const { parent, next, previous } of steps) {
    if (!parent.isConnected) continue
    const siblings: (Element | null)[] = [next, previous].filter(each => bound.contains(each))
    if (siblings.some(goToFirstIn) || goToFirstIn(parent)) return true
    if (parent === bound) return goTo(bound)
  }
  return false
}

/** The dialog or pane in front of everything else. */
const goToPaneInFront = (): boolean => {
  const dialogs = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].toReversed()
  const panes = ['#pane-list', '#pane-reader', '[data-pane]'].flatMap(each => [
    ...document.querySelectorAll(each),
  ])
  return (
    dialogs.some(each => goToStopOf(each) || goToFirstIn(each) || goTo(each)) ||
    panes.some(goToStopOf) ||
    goTo(document.querySelector('main[data-pane]'))
  )
}

/** Watches over the whole page. Returns the function that stops it. */
export function keepFocus(): () => void {
  let places: HTMLElement[] = []
  let steps: readonly Step[] = []
  // While the focus goes from one place to the next it stands nowhere, and what the first place does then is heard here.
  let isOnItsWay = false

  const isLost = () => document.activeElement === null || document.activeElement === document.body
  const restore = () => {
    // Before the first key or click nothing was lost.
    const last = places.at(-1)
    if (isOnItsWay || !isLost() || last === undefined) return
    // Left by a click on bare paper: the pane keeps the keyboard, what was typed in gives it up.
    const bound = last.closest(bounds)
    if (isUsable(last) && ((bound !== null && (goToStopOf(bound) || goTo(bound))) || goTo(last))) return
    if (goBeside(steps)) return
    const before = places.toReversed()
    // A button of a banner that Tab only passed is no place to go back to while there is a pane.
    if (before.filter(each => each.closest(bounds) !== null).some(goAndShow) || goToPaneInFront()) return
    if (!before.some(goAndShow)) goToFirstIn(document.getElementById('root'))
  }
  const onFocusIn = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement) || target === document.body) return
    isOnItsWay = false
    places = [...places.filter(each => each !== target && each.isConnected), target].slice(-mostPlaces)
    steps = stepsAbove(target)
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      isOnItsWay = false
      restore()
    })
  }
  // A click on bare paper, and an element that is hidden or disabled, say so; one that is taken out does not.
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    isOnItsWay = relatedTarget !== null
    // The place it goes to may be gone, too, before it gets there.
    soon()
  }
  // What is disabled or hidden loses the focus only when the page is drawn.
  const afterDrawing = () => requestAnimationFrame(soon)
  const observer = new MutationObserver(changes => {
    restore()
    if (changes.some(({ type }) => type === 'attributes')) afterDrawing()
  })
  observer.observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['disabled', 'hidden', 'inert'],
  })
  const onKey = () => {
    lastUsed = 'keys'
  }
  const onPointer = () => {
    lastUsed = 'pointer'
  }
  addEventListener('keydown', onKey, true)
  addEventListener('pointerdown', onPointer, true)
  // Before anybody acts on it: what they change is seen by the observer at once.
  addEventListener('focus', onFocusIn, true)
  addEventListener('blur', onFocusOut, true)
  addEventListener('resize', afterDrawing)
  return () => {
    observer.disconnect()
    clearTimeout(timer)
    removeEventListener('keydown', onKey, true)
    removeEventListener('pointerdown', onPointer, true)
    removeEventListener('focus', onFocusIn, true)
    removeEventListener('blur', onFocusOut, true)
    removeEventListener('resize', afterDrawing)
  }
}
