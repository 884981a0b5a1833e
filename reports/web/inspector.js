import { countOf, el, fill, seconds } from './dom.js'
import { effectWords, isGone, stepWords } from './run_words.js'

// The chosen step in words: what it did, what it broke, and the chain of what it comes from.

/** Facts that only say what the messages say. */
const isTelling = effect =>
  effect.does !== 'cancel' && !(effect.does === 'durable' && !effect.records)

function effectItem(diagram, step, effect, options) {
  const { trace } = diagram
  const message = effect.message != null ? trace.messages[effect.message] : null
  const name = message && isGone(message) ? 'gone' : effect.does === 'fact' ? 'fact' : null
  return el('li', { class: name }, effectWords(trace, effect), options.extra?.(step, effect))
}

function stepDetail(diagram, row, options) {
  const { trace } = diagram
  const step = trace.steps[row.step]
  const list = el('ul', { class: 'did' })
  const cause = stepWords(trace, { ...step, effects: [] }, () => true, true)
  if (cause) list.append(el('li', {}, cause))
  if (step.clock != null) list.append(el('li', {}, `its clock says ${seconds(step.clock)}`))
  for (const effect of step.effects.filter(isTelling)) {
    list.append(effectItem(diagram, row.step, effect, options))
  }
  if (row.steps) {
    const last = trace.steps[row.steps.at(-1)].at
    list.append(el('li', {}, `${row.steps.length - 1} more like it, the last at ${seconds(last)}`))
  }
  return list
}

function faultDetail(diagram, row) {
  const fault = diagram.trace.faults[row.fault]
  const met = `met ${countOf(fault.met.orders, 'order')}, ${countOf(fault.met.messages, 'message')}`
  const times = countOf(fault.occurrences.length, 'time')
  return [el('p', {}, `‘${fault.id}’${row.isOver ? ' ends' : `: ${fault.text}`}`),
    el('p', { class: 'note' }, `In this run it took place ${times} and ${met}.`)]
}

function causeList(diagram, chain) {
  if (chain.steps.length < 2) return []
  const { trace } = diagram
  const list = el('ol', { class: 'why', 'aria-label': 'because' })
  for (const index of chain.steps.slice(1)) {
    const step = trace.steps[index]
    list.append(el('li', {}, el('button', { type: 'button', onclick: () => diagram.to(index) },
      el('span', { class: 'time' }, seconds(step.at)),
      el('b', {}, trace.nodes[step.node].name), ` ${stepWords(trace, step) || 'goes on'}`)))
  }
  const count = countOf(chain.steps.length - 1, 'step')
  return [el('p', { class: 'because' }, `because, ${count} back`), list]
}

/** Shows what `Diagram` says was chosen; `options.extra(step, effect)` adds to an effect. */
export function showChoice(host, diagram, choice, options = {}) {
  const { row, index, count, chain, broken } = choice
  const { trace } = diagram
  const step = row.step != null && !row.hidden ? trace.steps[row.step] : null
  const who = step ? trace.nodes[step.node].name : row.hidden ? '' : 'fault'
  fill(host,
    el('p', { class: 'where' }, el('b', {}, who), ` at ${seconds(row.at)} s`,
      el('span', { class: 'note' },
        `${step?.order ? `, order ${step.order}` : ''} · ${index + 1} of ${count}`)),
    row.hidden && el('p', {}, 'Faults that do not meet this order.'),
    row.type === 'note' && el('p', {}, row.text),
    (row.type === 'fault' || row.type === 'fall') && faultDetail(diagram, row),
    step && stepDetail(diagram, row, options),
    broken.map(verdict =>
      el('p', { class: 'breaks' }, el('b', {}, `✗ ${verdict.property}`), ` ${verdict.reason}`)),
    causeList(diagram, chain))
  host.scrollTop = 0
}
