import { stepsOfRow } from './run_rows.js'
import { isGone } from './run_words.js'

// Where rows and lanes are. Time goes down, one row an event, or true to time.

const widestLane = 180
const narrowestLane = 58
const roomForActions = 124

/** Lanes, and how much room there is for words beside them. */
export function lanesLayout(width, lanes, { compact = false, actions = false } = {}) {
  const isNarrow = width < 560
  const showsWords = !compact && width >= 700
  const left = compact ? 8 : isNarrow ? 44 : 64
  const forActions = actions && !compact && !isNarrow ? roomForActions : 0
  const words = showsWords ? Math.min(actions ? 680 : 620, Math.max(280, width * 0.45)) : forActions
  const room = (width - left - words - 8) / lanes.length
  const lane = Math.max(narrowestLane, Math.min(widestLane, room))
  const xs = new Map(lanes.map((node, place) => [node, left + lane * (place + 0.5)]))
  const right = left + lane * lanes.length
  return {
    width: Math.max(width, right + words), isNarrow, showsWords, compact, left, lane, right,
    x: node => xs.get(node)
  }
}

/** The messages that a row's lines are drawn for: of a fold, one of each kind. */
function sendingsOf(trace, row, isTold) {
  if (row.hidden) return []
  const sendings = []
  const seen = new Set()
  for (const step of stepsOfRow(row)) {
    for (const effect of trace.steps[step].effects) {
      if (effect.does !== 'send' || !isTold(effect.order)) continue
      for (const index of [effect.message, ...copiesOf(trace, effect.message)]) {
        const message = trace.messages[index]
        const isOfMany = row.steps && message.handled_by == null
        const key = isOfMany ? `${message.kind}>${message.to}${message.end}` : index
        if (!seen.has(key)) sendings.push(index)
        seen.add(key)
      }
    }
  }
  return sendings
}

/** Copies of a message follow it in the list. */
function copiesOf(trace, message) {
  const copies = []
  for (let next = message + 1; trace.messages[next]?.copy_of === message; ++next) copies.push(next)
  return copies
}

/** How many lines of labels stand above one another on the side where there are most. */
function labelLines(trace, row, layout) {
  const kinds = { left: new Set(), right: new Set() }
  for (const index of row.sendings) {
    const message = trace.messages[index]
    kinds[layout.x(message.to) > layout.x(message.from) ? 'right' : 'left'].add(message.kind)
  }
  return Math.max(1, kinds.left.size, kinds.right.size)
}

/** Gives each row its place: `y` is its middle, `height` its room. Returns the height of all. */
export function placeRows(trace, rows, layout, { isTrueTime, isTold }) {
  const unit = layout.compact ? 20 : 26
  const label = layout.compact || layout.isNarrow ? 10.5 : 12
  let y = 8
  for (const row of rows) {
    row.sendings = sendingsOf(trace, row, isTold)
    row.y = y + unit / 2
    row.height = unit + (labelLines(trace, row, layout) - 1) * (label + 5)
    y += row.height
  }
  if (isTrueTime && rows.length > 1) y = placeByTime(rows, unit)
  return { unit, label, height: y + (layout.compact ? 6 : 26) }
}

function placeByTime(rows, unit) {
  const begin = rows[0].at
  const length = rows.at(-1).at - begin || 1
  const height = Math.max(640, Math.min(2400, rows.length * unit))
  let last = -Infinity
  for (const row of rows) {
    row.y = 16 + (row.at - begin) / length * height
    row.height = unit
    row.isCrowded = row.y - last < 17
    if (!row.isCrowded) last = row.y
  }
  return height + 56
}

/** The place of an instant between the rows around it, found by halving. */
export function placeOfTime(rows, height, at) {
  if (!rows.length) return 0
  if (at <= rows[0].at) return rows[0].y - 6
  const next = firstRow(rows, row => row.at >= at)
  if (next === rows.length) return height - 4
  const [before, after] = [rows[next - 1], rows[next]]
  if (after.at === before.at) return after.y
  return before.y + (after.y - before.y) * (at - before.at) / (after.at - before.at)
}

/** The first row that passes a test which all after it pass, too. */
export function firstRow(rows, passes) {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (passes(rows[middle])) high = middle
    else low = middle + 1
  }
  return low
}

/** Of two messages to one side the flatter begins above, so that no line crosses a label. */
export function sortSendings(trace, row, rowOfStep, rows, layout) {
  const steepness = index => {
    const message = trace.messages[index]
    const target = rowOfStep.get(message.handled_by)
    if (isGone(message) || target == null) return 0
    return (rows[target].y - row.y) / Math.abs(layout.x(message.to) - layout.x(message.from) || 1)
  }
  row.sendings.sort((one, other) => steepness(one) - steepness(other))
}
