import { countOf, el, fill, seconds, verdictMark } from './dom.js'

// What became of every order and property of a run.

const mostOrders = 60
const ended = { placed: 'placed', 'not-placed': 'not placed', unknown: 'never told' }

/** What a node still has when the run is over. */
function leftAtRest(trace) {
  const parts = []
  for (const [is, words] of [['assigned', 'has given away'], ['held', 'still holds']]) {
    const byNode = new Map()
    for (const span of trace.spans) {
      if (span.is !== is || span.ends != null) continue
      byNode.set(span.node, [...byNode.get(span.node) ?? [], span.unit])
    }
    for (const [node, units] of byNode) {
      const what = units.length > 3 ? countOf(units.length, 'unit') : units.join(', ')
      parts.push(`${trace.nodes[node].name} ${words} ${what}`)
    }
  }
  return parts
}

function headline(trace, violated) {
  if (trace.orders.length === 1) {
    const end = trace.orders[0].outcome
    if (violated.includes('atomicity')) return 'Half an order'
    if (violated.length && end === 'unknown') return 'Nobody is told'
    if (violated.length) return `Told ‘${ended[end]}’, and that is not all`
    if (end === 'placed') return 'Placed'
    return end === 'unknown' ? 'The client never learns' : 'Not placed, and nothing left behind'
  }
  const counts = Object.keys(ended)
    .map(end => [ended[end], trace.orders.filter(order => order.outcome === end).length])
    .filter(([, count]) => count > 0)
  const text = counts.map(([words, count]) => `${count} ${words}`).join(', ')
  return text ? text[0].toUpperCase() + text.slice(1) : 'No order came'
}

function wordsOf(trace) {
  const only = trace.orders.length === 1 ? trace.orders[0] : null
  const told = !only ? '' : only.answered == null ? 'The client is told nothing.'
    : `The client is told ‘${ended[only.outcome]}’ at ${seconds(only.answered)} s.`
  const left = leftAtRest(trace)
  const rest = left.length ? `At the end ${left.join('; ')}.` : 'At the end nothing is taken.'
  return `${told} ${rest}`
}

/** A button for each order, which lets the diagram tell that one. */
function orderButtons(trace, onorder) {
  if (trace.orders.length < 2) return null
  const told = trace.followed.orders
  return el('div', { class: 'lab-orders', role: 'group', 'aria-label': 'Orders' },
    trace.orders.slice(0, mostOrders).map(({ order, outcome }) => el('button', {
      type: 'button', class: `order-button ${outcome}`, title: `order ${order}: ${ended[outcome]}`,
      'aria-pressed': String(told.includes(order)), onclick: () => onorder(order)
    }, String(order))))
}

/** Draws them; `onorder(number)` and `onstep(step)` are called with what is clicked. */
export function drawVerdicts(parent, trace, { onorder, onstep }) {
  if (!trace) return fill(parent)
  const by = verdict => trace.verdicts.filter(one => one.verdict === verdict)
  const violated = by('violated')
  const bad = violated.map(one => {
    const mark = verdictMark('violated', one.property)
    const row = one.step == null ? mark
      : el('button', { type: 'button', class: 'link', onclick: () => onstep(one.step) }, mark)
    return el('div', {}, row, el('p', { class: 'verdict-reason' }, one.reason))
  })
  const others = ['unknown', 'n/a'].flatMap(by)
  return fill(parent,
    el('h2', {}, headline(trace, violated.map(one => one.property))),
    el('p', { class: 'fate-words' }, wordsOf(trace)),
    orderButtons(trace, onorder),
    el('div', { class: 'verdict-list' }, bad,
      ['owed', 'holds'].map(verdict => el('div', { class: 'verdict-flow' },
        by(verdict).map(one => verdictMark(verdict, one.property))))),
    others.length > 0 && el('details', { class: 'note' },
      el('summary', {}, `${others.length} without a verdict here`),
      el('p', {}, others.map(one => one.property).join(', '))))
}
