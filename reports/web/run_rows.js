import { flagsOf, isAboutTold, isBefalling, messageWords } from './run_words.js'

// Which rows a diagram has: one for each thing that took place, what repeats folded into one.

/** Faults and what they do to nodes fold where more of them than this come in a row. */
const mostWorldRows = 4

/** A test of orders: whether one is told. What is about no order is told with all. */
export function tellsOf(orders) {
  if (orders === 'all') return () => true
  const told = new Set(orders)
  return order => order == null || told.has(order)
}

/** The nodes in the order of their lanes: the client, whom it asks, and so on as messages go. */
export function lanesOf(trace, isTold) {
  const lanes = new Set()
  for (const message of trace.messages) {
    if (message.order == null || !isTold(message.order)) continue
    lanes.add(message.from).add(message.to)
  }
  const others = trace.nodes.map((node, index) => index)
  const isService = node => trace.nodes[node].role === 'service'
  const first = [...lanes].filter(node => !isService(node))
  const services = others.filter(isService)
  return [...new Set([...first, ...services, ...others])]
}

/** A property's violations by the step at which they came to be. */
export function brokenSteps(trace) {
  const broken = new Map()
  for (const verdict of trace.verdicts) {
    if (verdict.verdict !== 'violated' || verdict.step == null) continue
    broken.set(verdict.step, [...(broken.get(verdict.step) ?? []), verdict])
  }
  return broken
}

/** A step and the steps without which it would not have been, the nearest first. */
export function causesOf(trace, step) {
  const steps = []
  const messages = new Set()
  for (let at = step; at != null && !steps.includes(at); at = trace.steps[at].cause) {
    steps.push(at)
    if (trace.steps[at].message != null) messages.add(trace.steps[at].message)
  }
  return { steps, messages }
}

/** Whether a fault has rows of its own: what strikes messages is shown with them. */
const hasRows = fault => !['drop', 'duplicate', 'delay', 'corrupt'].includes(fault.does)

function stepRows(trace, isTold) {
  const rows = []
  trace.steps.forEach((step, index) => {
    const isShown = isBefalling(step) || isAboutTold(step, order => isTold(order))
    if (isShown) rows.push({ type: 'step', id: step.id, at: step.at, step: index })
  })
  return rows
}

function faultRows(trace) {
  const rows = []
  trace.faults.forEach((fault, index) => {
    if (!hasRows(fault)) return
    for (const occurrence of fault.occurrences) {
      const row = { type: 'fault', fault: index, occurrence }
      rows.push({ ...row, id: occurrence.id, at: occurrence.begins })
      if (occurrence.end_id == null) continue
      rows.push({ ...row, id: occurrence.end_id, at: occurrence.ends, isOver: true })
    }
  })
  return rows
}

/** A crash or pause and the fault that it comes from are one row. */
function joinFalls(trace, rows) {
  const joined = []
  for (const row of rows) {
    const before = joined.at(-1)
    const comesFrom = row.type === 'step' && before?.type === 'fault' && !before.isOver &&
      before.at === row.at && trace.steps[row.step].fault === before.fault
    if (comesFrom) Object.assign(before, { type: 'fall', step: row.step })
    else joined.push(row)
  }
  return joined
}

/** Steps that are alike, with nothing else between, become one row with all of them. */
function foldAlike(trace, rows, open) {
  const folded = []
  let stretch = []
  const flush = () => {
    const groups = new Map()
    for (const row of stretch) {
      const alike = trace.steps[row.step].alike
      groups.set(alike, [...(groups.get(alike) ?? []), row])
    }
    for (const group of groups.values()) {
      const key = `s${group[0].step}`
      if (group.length === 1 || open.has(key)) folded.push(...group)
      else folded.push({ ...group[0], type: 'fold', steps: group.map(row => row.step), key })
    }
    stretch = []
  }
  for (const row of rows) {
    const mayFold = row.type === 'step' && trace.steps[row.step].alike != null
    if (mayFold) stretch.push(row)
    else { flush(); folded.push(row) }
  }
  flush()
  return folded.sort((one, other) => one.id - other.id)
}

/** Long stretches of faults and fallen nodes become one row, but for the first of them. */
function foldWorld(trace, rows, open) {
  const isWorld = row => row.type === 'fault' || row.type === 'fall' ||
    (row.type === 'step' && isBefalling(trace.steps[row.step]) &&
     !flagsOf(trace.steps[row.step], () => true).length)
  const folded = []
  for (let begin = 0; begin < rows.length;) {
    let end = begin
    while (end < rows.length && isWorld(rows[end])) ++end
    const key = `w${rows[begin].id}`
    if (end - begin > mostWorldRows && !open.has(key)) {
      // What comes right after a step of the order may matter to it.
      const kept = begin === 0 ? 0 : 1
      const hidden = rows.slice(begin + kept, end)
      folded.push(...rows.slice(begin, begin + kept),
        { type: 'hidden', id: hidden[0].id, at: hidden[0].at, hidden, key })
      begin = end
    } else {
      const next = Math.max(end, begin + 1)
      folded.push(...rows.slice(begin, next))
      begin = next
    }
  }
  return folded
}

/**
 * The rows for the orders that are told. `open` has the keys of folds that are not folded; without
 * `isFolded`, none is.
 */
export function rowsOf(trace, { isTold, isFolded, open }) {
  let rows = [...stepRows(trace, isTold), ...faultRows(trace)]
  rows.sort((one, other) => one.id - other.id)
  rows = joinFalls(trace, rows)
  if (trace.quiet != null) {
    const place = rows.findIndex(row => row.at > trace.quiet)
    const note = { type: 'note', at: trace.quiet, text: 'faults stop here' }
    if (place >= 0) rows.splice(place, 0, { ...note, id: rows[place].id - 0.5 })
  }
  return isFolded ? foldWorld(trace, foldAlike(trace, rows, open), open) : rows
}

/** All steps that a row stands for. */
export function stepsOfRow(row) {
  if (row.steps) return row.steps
  if (row.hidden) return row.hidden.flatMap(stepsOfRow)
  return row.step == null ? [] : [row.step]
}

/** What a step is, for comparing two runs: names in place of places in lists. */
function stepIdentity(trace, step) {
  const effects = step.effects.map(effect => {
    if (effect.does !== 'send') return `${effect.does} ${effect.name ?? ''} ${effect.detail ?? ''}`
    const message = trace.messages[effect.message]
    return `${messageWords(message)}>${trace.nodes[message.to].name}:${message.end}`
  })
  return [step.at, trace.nodes[step.node].name, step.type, step.kind, step.order, ...effects].join()
}

/** Where two runs first differ in what they tell: a step of each, or null where one has ended. */
export function divergenceOf(one, other, isTold) {
  const told = trace => stepRows(trace, isTold).map(row => row.step)
  const [left, right] = [told(one), told(other)]
  for (let i = 0; i < Math.max(left.length, right.length); ++i) {
    const isSame = left[i] != null && right[i] != null &&
      stepIdentity(one, one.steps[left[i]]) === stepIdentity(other, other.steps[right[i]])
    if (!isSame) return [left[i] ?? null, right[i] ?? null]
  }
  return null
}
