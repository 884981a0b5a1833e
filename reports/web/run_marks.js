import { svg } from './dom.js'
import { placeOfTime, sortSendings } from './run_layout.js'
import { stepsOfRow } from './run_rows.js'
import { fateWords, isBefalling, isGone } from './run_words.js'

// What is drawn on the lanes. All marks know from where to where they reach, and are only made
// into elements where somebody looks: { layer, top, bottom, draw(lit) -> element, covers }. Of
// those that cover the same and reach through all that is in view, one is enough.

const layers = { window: 0, life: 1, span: 2, message: 3, label: 4, step: 5 }

const jag = (x, y) => `M${x - 7} ${y}l3.5-4l3.5 6l3.5-5l3.5 3`
const line = (x1, y1, x2, y2, name) => svg('line', { x1, y1, x2, y2, class: name })
const words = (x, y, name, anchor, text) =>
  svg('text', { x, y, class: name, 'text-anchor': anchor }, text)

/** A pattern of slanted lines. */
function hatch(id, name, width) {
  return svg('pattern', {
    id, width, height: width, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)'
  }, line(0, 0, 0, width, name))
}

function arrowTip(id, size, name) {
  return svg('marker', {
    id, viewBox: '0 0 8 8', refX: 7.2, refY: 4, markerWidth: size, markerHeight: size,
    orient: 'auto-start-reverse', markerUnits: 'userSpaceOnUse', class: name
  }, svg('path', { d: 'M0 .6 8 4 0 7.4z' }))
}

/** What a drawing's marks refer to; `id` tells one drawing of a page from another. */
export function markDefinitions(id) {
  return svg('defs', {},
    hatch(`${id}-window`, 'fault-ink', 9), hatch(`${id}-pause`, 'pause-ink', 5),
    arrowTip(`${id}-tip`, 7, 'tip'), arrowTip(`${id}-lit`, 9, 'tip lit'))
}

/** Makes the marks of a diagram: `view` has trace, rows, rowOfStep, layout, sizes, id and more. */
export function marksOf(view) {
  const marks = []
  const add = (layer, top, bottom, draw, covers) =>
    marks.push({ layer: layers[layer], top, bottom, draw, covers })
  const walls = faultMarks(view, add)
  lifeMarks(view, add)
  spanMarks(view, add)
  view.rows.forEach(row => {
    messageMarks(view, row, walls, add)
    stepMark(view, row, add)
  })
  return marks.sort((one, other) => one.layer - other.layer)
}

/** Where a step's row is, or else where its time is. */
function placeOfStep(view, step, at) {
  const row = view.rowOfStep.get(step)
  return row != null ? view.rows[row].y : placeOfTime(view.rows, view.sizes.height, at)
}

/** Where a span ends: what never did reaches to the bottom. */
function endOfSpan(view, span) {
  return span.ends == null ? view.sizes.height - 6 : placeOfStep(view, span.ended_by, span.ends)
}

/** Faults that last are hatched; a cut is a wall between its sides. */
function faultMarks(view, add) {
  const walls = []
  for (const fault of view.trace.faults) {
    if (!['partition', 'disk', 'degrade'].includes(fault.does)) continue
    for (const occurrence of fault.occurrences) faultWindow(view, fault, occurrence, walls, add)
  }
  return walls
}

function faultWindow(view, fault, occurrence, walls, add) {
  const { layout, rows, sizes, id } = view
  const place = (at, isOver) => rows.find(row => row.occurrence === occurrence &&
    !!row.isOver === isOver)?.y ?? placeOfTime(rows, sizes.height, at)
  const top = place(occurrence.begins, false)
  const bottom = occurrence.ends == null ? sizes.height - 6 : place(occurrence.ends, true)
  const side = fault.groups?.at(-1) ?? fault.nodes ?? fault.links.map(([, to]) => to)
  const xs = side.map(layout.x).filter(x => x != null)
  if (!xs.length) return
  const left = Math.min(...xs) - layout.lane / 2 + 3
  const right = Math.max(...xs) + layout.lane / 2 - 3
  if (fault.groups) walls.push({ x: left - 3, top, bottom })
  add('window', top, bottom, () => svg('g', {},
    svg('rect', {
      x: left, y: top, width: right - left, height: bottom - top, rx: 3, fill: `url(#${id}-window)`
    }),
    fault.groups && line(left - 3, top, left - 3, bottom, 'wall'),
    !layout.compact && !layout.isNarrow &&
      words(right - 6, top + 13, 'span-word window-word', 'end', fault.id)))
}

/** The lifelines, with gaps where their nodes are down. */
function lifeMarks(view, add) {
  const { trace, layout, sizes } = view
  for (const node of view.lanes) {
    const x = layout.x(node)
    let from = 0
    const gaps = trace.spans.filter(span => span.is === 'down' && span.node === node)
    for (const span of gaps) {
      const top = placeOfStep(view, span.begun_by, span.begins)
      const bottom = endOfSpan(view, span)
      const begin = from
      add('life', begin, top, () => line(x, begin, x, top, 'life'))
      add('span', top, bottom, () => downMark(view, span, x, top, bottom))
      from = bottom
    }
    const begin = from
    const isGoneForGood = gaps.length && gaps.at(-1).ends == null
    if (!isGoneForGood) {
      add('life', begin, sizes.height, () => line(x, begin, x, sizes.height, 'life'))
    }
  }
}

function downMark(view, span, x, top, bottom) {
  const isForGood = view.trace.steps[span.begun_by]?.for_good
  return svg('g', { class: 'mark-down' },
    svg('path', { d: jag(x, top), class: 'jag' }),
    line(x, top + 4, x, bottom - 4, 'absent'),
    span.ends != null && svg('path', { d: jag(x, bottom), class: 'jag' }),
    bottom - top > 30 && !view.layout.isNarrow &&
      words(x - 9, top + 16, 'span-word down', 'end', isForGood ? 'down for good' : 'down'))
}

function spanMarks(view, add) {
  for (const span of view.trace.spans) {
    if (!view.isTold(span.order) || view.layout.x(span.node) == null) continue
    if (span.is === 'down') continue
    // A node waits for its disk all the time; it is shown where it is an order's that is told.
    if (span.is === 'busy' && !view.rowOfStep.has(span.begun_by)) continue
    const top = placeOfStep(view, span.begun_by, span.begins)
    const bottom = Math.max(endOfSpan(view, span), top + 4)
    const expiry = span.is === 'held' ? expiryPlace(view, span, bottom) : null
    add('span', top, Math.max(bottom, expiry ?? 0), () =>
      view.pickable(spanMark(view, span, top, bottom, expiry), 'span', span),
    `${span.is}@${span.node}`)
  }
}

/** A hold's expiry is shown where it comes to pass, or would have soon after the hold's end. */
function expiryPlace(view, span, bottom) {
  const last = view.rows.at(-1)
  if (span.expires_at == null || !last || span.expires_at > last.at) return null
  const place = placeOfTime(view.rows, view.sizes.height, span.expires_at)
  if (span.ends != null && place > bottom + 40) return null
  return Math.abs(place - bottom) < 9 ? bottom : place
}

function spanMark(view, span, top, bottom, expiry) {
  const { layout, id } = view
  const x = layout.x(span.node)
  const height = bottom - top
  if (span.is === 'paused') {
    return svg('g', {},
      svg('rect', {
        x: x - 6, y: top, width: 12, height, class: 'paused', fill: `url(#${id}-pause)`
      }),
      height > 30 && !layout.isNarrow && words(x + 11, top + 24, 'span-word', 'start', 'paused'))
  }
  if (span.is === 'busy') {
    return svg('rect', { x: x - 2.5, y: top, width: 5, height, class: 'busy' })
  }
  if (span.is === 'in-doubt') {
    const text = span.ends == null ? 'in doubt, and never told' : 'in doubt'
    return svg('g', {},
      svg('rect', { x: x - 4.5, y: top, width: 9, height, rx: 2, class: 'doubt' }),
      height > 60 && !layout.isNarrow && svg('text', {
        class: 'span-word doubt-word', transform: `translate(${x + 15} ${top + 14}) rotate(90)`
      }, text))
  }
  const left = x - 10
  const hook = span.ends == null ? '' : `H${left + 4}`
  return svg('g', {},
    svg('path', { d: `M${left + 4} ${top}H${left}V${bottom}${hook}`, class: `unit ${span.is}` }),
    expiry != null && svg('path', { d: `M${left - 5} ${expiry - 4}l5 4l-5 4`, class: 'expiry' }))
}

/** The messages that leave at a row. What goes to one side under one name has one label. */
function messageMarks(view, row, walls, add) {
  const { trace, layout, sizes } = view
  sortSendings(trace, row, view.rowOfStep, view.rows, layout)
  const lines = { '1': [], '-1': [] }
  for (const index of row.sendings) {
    const message = trace.messages[index]
    const side = Math.sign(layout.x(message.to) - layout.x(message.from)) || 1
    const named = lines[side]
    if (!named.includes(message.kind)) {
      named.push(message.kind)
      labelMark(view, row, { message, side, place: named.length - 1 }, add)
    }
    const offset = view.isTrueTime ? 0 : named.indexOf(message.kind) * (sizes.label + 5) + 2
    const wire = wireOf(view, row, message, { side, top: row.y + offset }, walls)
    add('message', Math.min(wire.y1, wire.y2) - 12, Math.max(wire.y1, wire.y2) + 8,
      lit => view.pickable(wireMark(view, index, wire, lit), 'message', index))
  }
}

/** Where a message's line goes from and to. */
function wireOf(view, row, message, { side, top }, walls) {
  const { layout, rows } = view
  const wire = { x1: layout.x(message.from) + side * 6, y1: top, side }
  const end = layout.x(message.to) - side * 6
  const target = view.rowOfStep.get(message.handled_by)
  if (target != null && rows[target].y >= row.y - 1) {
    return { ...wire, x2: end, y2: Math.max(rows[target].y - 1, top) }
  }
  if (message.arrives == null) {
    const isInTheWay = wall => (wall.x - wire.x1) * (wall.x - end) < 0 &&
      row.y >= wall.top - 1 && row.y <= wall.bottom
    const wall = message.end === 'cut' && walls.find(isInTheWay)
    return { ...wire, x2: wall ? wall.x : wire.x1 + (end - wire.x1) * 0.62, y2: top + 9 }
  }
  const later = placeOfTime(rows, view.sizes.height, message.arrives) - row.y
  return { ...wire, x2: end, y2: top + Math.max(8, Math.min(row === rows.at(-1) ? 14 : 40, later)) }
}

function wireMark(view, index, { x1, y1, x2, y2, side }, lit) {
  const message = view.trace.messages[index]
  const isLost = isGone(message)
  const isLit = lit.messages.has(index)
  const state = isLost ? ' gone' : message.copy_of != null ? ' copy' : ''
  const wire = line(x1, y1, x2, y2, 'wire')
  if (!isLost) wire.setAttribute('marker-end', `url(#${view.id}-${isLit ? 'lit' : 'tip'})`)
  const isLong = y2 - y1 > view.sizes.unit * 6
  const fate = message.end === 'found-down' || (message.late && !isLost && !isLong)
    ? '' : fateWords(message)
  return svg('g', { class: `message${state}${isLit ? ' lit' : ''}`, 'data-message': index }, wire,
    isLost && svg('path', { d: `M${x2 - 4} ${y2 - 4}l8 8m0-8l-8 8`, class: 'cross' }),
    message.copy_of != null && svg('circle', { cx: x1 + side * 4, cy: y1, r: 4, class: 'loop' }),
    fate && !view.layout.compact && words(isLost ? x2 + side * 8 : x2 - side * 10,
      isLost ? y2 + 4 : y2 - 5, 'kind fate', (side > 0) === isLost ? 'start' : 'end', fate))
}

/** "vote yes ×7", cut to the lane's room. */
function labelText(message, row, layout, size) {
  const vote = /^(yes|no)$/.test(message.detail ?? '') ? ` ${message.detail}` : ''
  const ending = vote + (row.steps ? ` ×${row.steps.length}` : '')
  const room = Math.max(layout.lane > 96 ? 14 : 10, Math.floor((layout.lane - 18) / (size * 0.6)))
  const kind = message.kind
  if (kind.length + ending.length <= room) return kind + ending
  return `${kind.slice(0, Math.max(3, room - 1 - ending.length))}…${ending}`
}

function labelMark(view, row, { message, side, place }, add) {
  const { trace, layout, sizes } = view
  const same = row.sendings.filter(index => {
    const other = trace.messages[index]
    return other.kind === message.kind &&
      (Math.sign(layout.x(other.to) - layout.x(other.from)) || 1) === side
  })
  const isLost = same.every(index => isGone(trace.messages[index]))
  const x = layout.x(message.from) + side * 11
  const y = view.isTrueTime ? row.y - 4 : row.y + place * (sizes.label + 5) - 2
  add('label', y - sizes.label, y + 3, lit => {
    const isLit = same.some(index => lit.messages.has(index))
    return svg('g', { class: `message${isLost ? ' gone' : ''}${isLit ? ' lit' : ''}` },
      svg('text', {
        x, y, class: 'kind', 'font-size': sizes.label, 'text-anchor': side > 0 ? 'start' : 'end'
      }, labelText(message, row, layout, sizes.label)))
  })
}

/** The bar of a step on its lifeline: what it is shows in its form. */
function stepMark(view, row, add) {
  if (row.step == null || row.hidden) return
  const step = view.trace.steps[row.step]
  const x = view.layout.x(step.node)
  if (x == null) return
  add('step', row.y - 12, row.y + row.height, lit => {
    const isLit = stepsOfRow(row).some(index => lit.steps.has(index))
    const isBroken = stepsOfRow(row).some(index => view.broken.has(index))
    return view.pickable(svg('g', { class: `step ${step.type}${isLit ? ' lit' : ''}` },
      ...stepShape(view, row, step, x),
      isBroken && svg('circle', { cx: x, cy: row.y, r: 10, class: 'ring' })), 'step', row.step)
  })
}

function stepShape(view, row, step, x) {
  if (row.type === 'fold') {
    return [-3, 0, 3].map(dy =>
      svg('rect', { x: x - 5, y: row.y - 1 + dy, width: 10, height: 2, class: 'bar' }))
  }
  if (isBefalling(step)) return [svg('circle', { cx: x, cy: row.y, r: 3.2, class: 'fall' })]
  if (step.type === 'disk') return [svg('circle', { cx: x, cy: row.y, r: 5, class: 'disk' })]
  const height = view.isTrueTime ? 9 : Math.max(9, row.height - view.sizes.unit + 10)
  return [svg('rect', { x: x - 4, y: row.y - 4.5, width: 8, height, rx: 1.5, class: 'bar' })]
}

/** The thread along a lifeline from a step to that which it comes from, on the same node. */
export function threadsOf(view, lit) {
  const threads = []
  for (const index of lit.steps) {
    const step = view.trace.steps[index]
    if (step.cause == null || step.message != null) continue
    const [from, to] = [view.rowOfStep.get(step.cause), view.rowOfStep.get(index)]
    if (from == null || to == null || from === to) continue
    const x = view.layout.x(step.node)
    threads.push(line(x, view.rows[from].y, x, view.rows[to].y, 'thread'))
  }
  return threads
}
