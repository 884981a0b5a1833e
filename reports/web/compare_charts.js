import { el } from './dom.js'
import { finishLater, later } from './compare_later.js'
import { classes, hasCharts, ideaColour, rows, timeText } from './compare_data.js'

// What all charts of the page are made with. Where there is no Observable Plot there are none, and
// the tables say the same.

const mostLabelLetters = 25

/** "three-phase-commit quorum": short enough to stand at a line; one detail may be left out. */
export function shortName(row, without = null) {
  const { form, details } = rows[row]
  const values = details.filter(([name]) => name !== without)
    .map(([name, value]) => (value === 'true' ? name : value)).join(' ')
  const text = values === '' ? form : `${form} ${values}`
  return text.length <= mostLabelLetters ? text : `${text.slice(0, mostLabelLetters - 1)}…`
}

const chartsToDraw = []
const chartStyle = { background: 'none', fontFamily: 'inherit', fontSize: '12px',
  color: 'var(--ink)' }

/** Moves what Plot says to readers to where it may stand. */
function tidyChart(host, label) {
  for (const drawing of host.querySelectorAll('svg')) {
    drawing.setAttribute('role', 'img')
    drawing.setAttribute('aria-label', label)
    for (const part of drawing.querySelectorAll('[aria-label]'))
      part.removeAttribute('aria-label')
  }
}

/**
 * A chart as wide as its place, drawn anew when that changes. `draw` gets the width and a function
 * that makes a drawing, and gives what is shown. Without charts it is nothing.
 */
export function chart(label, draw) {
  if (!hasCharts) return null
  const host = el('div', { class: 'chart' })
  const plot = options => globalThis.Plot.plot({ style: chartStyle, ...options })
  const drawNow = () => {
    if (host.clientWidth === 0) return
    host.replaceChildren(...[draw(host.clientWidth, plot)].flat())
    tidyChart(host, label)
  }
  const redraw = () => later(host, drawNow)
  chartsToDraw.push(redraw)
  return Object.assign(host, { redraw })
}

/** Draws all charts, now and when the window gets another width. */
export function drawCharts() {
  const drawAll = () => chartsToDraw.forEach(redraw => redraw())
  drawAll()
  let width = innerWidth
  addEventListener('resize', () => {
    if (innerWidth === width) return
    width = innerWidth
    drawAll()
  })
  addEventListener('beforeprint', finishLater)
}

/** Where small multiples of classes go: columns, and the place of each. */
export function facetsOf(ofClasses, width) {
  const most = width < 300 ? 1 : width < 560 ? 2 : width < 900 ? 3 : 6
  const columns = Math.min(most, ofClasses.length)
  const lines = Math.ceil(ofClasses.length / columns)
  const at = ofClass => {
    const place = ofClasses.indexOf(ofClass)
    return { fx: place % columns, fy: Math.floor(place / columns) }
  }
  const titles = ofClasses.map(ofClass => ({ ...at(ofClass), words: classes[ofClass].heading }))
  return { columns, lines, at, titles }
}

/** Options of a chart with a line for each row and a facet for each class. */
export function facetOptions(shown, facets, width) {
  return { width, height: facets.lines * (shown.length * 17 + 40) + 20,
    marginLeft: 186,
    marginTop: 24, marginBottom: 26, marginRight: 14, fx: { axis: null, padding: 0.08 },
    fy: { axis: null, padding: 0.12 },
    y: { domain: shown.map(shortName), label: null, tickSize: 0 } }
}

/** The names of the facets, above them. */
export const facetTitles = facets =>
  globalThis.Plot.text(facets.titles, { fx: 'fx', fy: 'fy', text: 'words',
    frameAnchor: 'top-left', dy: -18, fontWeight: 600, fontSize: 12.5 })

/** All times of answers and of last services, and how long clients wait: the axis of times. */
function timesThere() {
  const cells = classes.flatMap(({ cells: all }) => all)
  const found = cells.flatMap(({ latency }) =>
    [latency.answered, latency.settled].flatMap(times => times?.at_ns.filter(at => at > 0) ?? []))
  return [...found, ...classes.map(({ give_up_ns: patience }) => patience)]
}

const decadeOf = ns => Math.log10(ns)
const timesSorted = timesThere().sort((one, other) => one - other)

/** Where the axis of times begins and ends, in whole decades. */
export const timeRange = [
  10 ** Math.floor(decadeOf(timesSorted[0])), 10 ** Math.ceil(decadeOf(timesSorted.at(-1)) + 0.1)]

/** A logarithmic axis of times; `every` decades have a tick. */
export function timeAxis(every = 1, [least, most] = timeRange) {
  const first = Math.round(decadeOf(least))
  const count = Math.round(decadeOf(most)) - first
  const ticks = Array.from({ length: count + 1 }, (_, i) => 10 ** (first + i))
    .filter((_, i) => count < 3 || i % every === 0 && (every === 1 || i < count))
  const domain = [least, most]
  return { type: 'log', domain, ticks, tickFormat: timeText, label: null, grid: true }
}

/** Moves labels at the ends of lines apart: sets `labelAt` to where they go. */
export function spreadLabels(ends, gap, top, bottom) {
  const sorted = [...ends].sort((one, other) => one.at - other.at)
  let last = top - gap
  for (const end of sorted) last = end.labelAt = Math.max(end.at, last + gap)
  let next = bottom + gap
  for (const end of sorted.reverse()) next = end.labelAt = Math.min(end.labelAt, next - gap)
}

/** The names of lines at their ends, each with a thread to its line. */
function endLabels(ends, edge, colour, nameOf) {
  const { link, text } = globalThis.Plot
  return [
    link(ends, { x1: 'x', y1: 'y', x2: () => edge, y2: 'labelY', stroke: colour,
      strokeOpacity: 0.35 }),
    text(ends, { x: () => edge, y: 'labelY', text: nameOf, dx: 8,
      textAnchor: 'start', fill: colour, fontSize: 11 })]
}

/**
 * Lines with their names at their ends: `series` is [{ row, points: [{ x, y, low, high }] }].
 * `low` and `high`, where they are, are a band; names do without the detail `without`.
 */
export function linesChart(plot, series, { width, x, y, rule, words, without, curve = 'linear' }) {
  const { areaY, lineY, pointer, ruleX, ruleY, tip } = globalThis.Plot
  const [height, right, top, bottom, left] = [280, 190, 8, 30, 52]
  const isNarrow = width < 420
  const place = value => top + (height - top - bottom) * (1 - value / y.domain[1])
  const value = at => (1 - (at - top) / (height - top - bottom)) * y.domain[1]
  const ends = series.map(({ row, points }) => ({ row, ...points.at(-1),
    at: place(points.at(-1).y) }))
  spreadLabels(ends, 12.5, top + 4, height - bottom)
  for (const end of ends) end.labelY = value(end.labelAt)
  const flat = series.flatMap(({ row, points }) => points.map(point => ({ ...point, row })))
  const colour = point => ideaColour(point.row)
  const nameOf = ({ row }) => shortName(row, without)
  const edge = x.domain.at(-1)
  const marks = [
    rule == null ? null : ruleX([rule], { stroke: 'var(--line-2)', strokeDasharray: '3 3' }),
    ruleY([0], { stroke: 'var(--line-2)' }),
    areaY(flat.filter(point => point.low != null),
      { x: 'x', y1: 'low', y2: 'high', z: 'row', fill: colour, fillOpacity: 0.09 }),
    lineY(flat, { x: 'x', y: 'y', z: 'row', curve, stroke: colour, strokeWidth: 1.6,
      strokeOpacity: 0.85 }),
    ...(isNarrow ? [] : endLabels(ends, edge, colour, nameOf)),
    tip(flat,
      pointer({ x: 'x', y: 'y', title: point => `${nameOf(point)}\n${words(point)}`,
        fill: 'var(--card)', stroke: 'var(--line-2)' }))]
  return plot({ width, height, marginRight: isNarrow ? 12 : right, marginLeft: left,
    marginTop: top, marginBottom: bottom, x: { label: null, ...x },
    y: { label: null, grid: true, ticks: 5, ...y }, marks })
}

/** Small multiples: how wide one of them is in a place so wide. */
export function multipleWidth(width, least) {
  const columns = Math.max(1, Math.floor((width + 28) / (least + 28)))
  return Math.floor((width - 28 * (columns - 1)) / columns)
}
