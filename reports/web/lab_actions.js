import { el, fill, seconds } from './dom.js'
import { deedOf, fateOf, keyOfEffect, keyOfMessage, newlyBroken, worstFirst } from './lab_faults.js'
import { messageWords } from './run_words.js'

// What one can do to the run by clicking in it: buttons at rows, and a menu at what was clicked.

const deedMarks = { violated: ' ✗', owed: ' ◐', holds: '' }

/** A button that adds an entry's fault; what it would do stands on it. */
function deedButton(entry, map, onfault, words = deedOf(entry.fault)) {
  const fate = fateOf(entry, map.alone)
  const broken = newlyBroken(entry, map.alone)
  const title = broken.length ? `breaks ${broken.join(', ')}`
    : fate === 'owed' ? `owes ${entry.owes.join(', ')}` : 'breaks nothing'
  return el('button', { type: 'button', class: `deed ${fate}`, title, onclick: event => {
    event.stopPropagation()
    onfault(entry.fault)
  } }, words, deedMarks[fate])
}

/** The worst of some entries that do this. */
function worstOf(entries, map, does) {
  return worstFirst(entries.filter(entry => entry.fault.do === does), map.alone)[0]
}

/** All entries that fall at a step: before its effects, or on what it sends. */
function entriesAtStep(trace, map, step) {
  return step.effects.flatMap(effect => {
    const before = effect.number ? map.byKey.get(keyOfEffect(trace, step, effect)) ?? [] : []
    const message = effect.message == null ? null : trace.messages[effect.message]
    return [...before, ...message ? map.byKey.get(keyOfMessage(trace, message)) ?? [] : []]
  })
}

/** The two buttons at the end of a row: to crash there, and to lose what is sent there. */
export function rowActions(trace, map, index, onfault) {
  if (!map) return []
  const entries = entriesAtStep(trace, map, trace.steps[index])
  return [['crash', 'crash'], ['drop', 'lose']].map(([does, words]) => {
    const entry = worstOf(entries, map, does)
    return entry && deedButton(entry, map, onfault, words)
  }).filter(Boolean)
}

/** The buttons for one effect of a step: what can fall before it, and on its message. */
export function effectActions(trace, map, step, effect, onfault) {
  if (!map || !effect.number) return null
  const before = map.byKey.get(keyOfEffect(trace, step, effect)) ?? []
  const message = effect.message == null ? null : trace.messages[effect.message]
  const onMessage = message ? map.byKey.get(keyOfMessage(trace, message)) ?? [] : []
  const entries = [...before, ...onMessage]
  if (!entries.length) return null
  return el('span', { class: 'deeds' }, entries.map(entry => deedButton(entry, map, onfault)))
}

/** What can be done to a node at an instant, whatever is on the map there. */
function deedsAt(trace, node, at) {
  const others = trace.nodes.map(one => one.name)
    .filter(name => name !== node && name !== 'client')
  const instant = { at: `${Math.max(0, Math.round(at / 1e3))}us` }
  const deeds = [{ ...instant, do: 'pause', node, for: '10s' },
    { ...instant, do: 'crash', node, restart_after: '10s' }]
  if (others.length) {
    deeds.push({ ...instant, do: 'partition', groups: [[node], others], for: '10s' })
  }
  return deeds
}

const deedsOfSpan = { pause: 'pause it here', crash: 'crash it here', partition: 'cut it off here' }

/** What a click on a mark offers: a title, and buttons. */
function offersFor(trace, map, type, thing, onfault) {
  if (type === 'message') {
    const message = trace.messages[thing]
    const entries = map?.byKey.get(keyOfMessage(trace, message)) ?? []
    const [from, to] = [message.from, message.to].map(node => trace.nodes[node].name)
    return [`${messageWords(message)} from ${from} to ${to}`,
      entries.map(entry => deedButton(entry, map, onfault))]
  }
  if (type === 'step') {
    const step = trace.steps[thing]
    const entries = map ? entriesAtStep(trace, map, step).filter(one => !one.fault.match) : []
    const firstOfEach = entries.filter((entry, i) => entries.findIndex(other =>
      deedOf(other.fault) === deedOf(entry.fault)) === i)
    return [`${trace.nodes[step.node].name} at ${seconds(step.at)} s`,
      firstOfEach.map(entry => deedButton(entry, map, onfault))]
  }
  const node = trace.nodes[thing.node].name
  return [`${node}, ${thing.is.replace('_', ' ')} from ${seconds(thing.begins)} s`,
    deedsAt(trace, node, thing.begins).map(fault => el('button', { type: 'button',
      class: 'deed', onclick: () => onfault(fault) }, deedsOfSpan[fault.do]))]
}

/** A menu in the page; it shows what can be done to what was clicked, where it was clicked. */
export function makeMenu(onfault) {
  const menu = el('div', { class: 'lab-menu', role: 'dialog', 'aria-label': 'What to do here',
    hidden: true })
  document.body.append(menu)
  const close = () => { menu.hidden = true }
  addEventListener('keydown', event => { if (event.key === 'Escape') close() })
  addEventListener('pointerdown', event => { if (!menu.contains(event.target)) close() })
  return {
    /** `at` is a place in the window. */
    show(trace, map, type, thing, at) {
      const chosen = fault => { close(); onfault(fault) }
      const [title, buttons] = offersFor(trace, map, type, thing, chosen)
      fill(menu, el('p', {}, el('b', {}, title)), buttons.length
        ? el('div', { class: 'deeds' }, buttons)
        : el('p', { class: 'note' }, 'Nothing on the map falls here.'))
      menu.hidden = false
      const { offsetWidth, offsetHeight } = menu
      menu.style.left = `${Math.max(8, Math.min(at.x, innerWidth - offsetWidth - 8))}px`
      menu.style.top = `${Math.max(8, Math.min(at.y + 10, innerHeight - offsetHeight - 8))}px`
      menu.querySelector('button')?.focus({ preventScroll: true })
    },
    close,
  }
}
