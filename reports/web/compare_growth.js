import { el } from './dom.js'
import { answerAt, cellAt, classes, ordersOf, percent, quantileOf, rows } from './compare_data.js'
import { timeText } from './compare_data.js'
import { chartRows, onView, shownClasses } from './compare_view.js'
import { later } from './compare_later.js'
import { chart, linesChart, multipleWidth } from './compare_charts.js'
import { folded, rowHeading, tableOf } from './compare_parts.js'

// How figures grow with a variable that was swept, or with the services of an order.

const secondsOf = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 }

/** A number, or a duration in seconds; null for anything else. */
function numberIn(text) {
  const match = /^(-?[\d.]+(?:e-?\d+)?)(ns|us|ms|s|m|h)?$/.exec(text)
  return match ? Number(match[1]) * (match[2] ? secondsOf[match[2]] : 1) : null
}

/** A row without one of its details: what stays the same while the variable grows. */
const restOf = (row, name) =>
  JSON.stringify([rows[row].form, rows[row].details.filter(([own]) => own !== name)])

/** Variables with at least three values that are numbers, of otherwise equal rows. */
function sweptVariables() {
  const names = [...new Set(rows.flatMap(({ details }) => details.map(([name]) => name)))]
  return names
    .map(name => {
      const series = new Map()
      for (const row of rows.keys()) {
        const value = rows[row].details.find(([own]) => own === name)?.[1]
        const x = value == null ? null : numberIn(value)
        if (x == null) continue
        const rest = restOf(row, name)
        series.set(rest, [...(series.get(rest) ?? []), { row, x }])
      }
      return { name, series: [...series.values()].filter(points => points.length > 2) }
    })
    .filter(({ series }) => series.length > 0)
}

/** Each point of a variable in one class. */
const sweptSeries = ({ series }, ofClass) =>
  series.map(points =>
    points
      .map(({ row, x }) => ({ row, x, cell: cellAt(row, ofClass), ofClass }))
      .filter(({ cell }) => cell)
  )

/** Each row over the services of an order, where scenarios differ in it. */
function servicesSeries() {
  return chartRows(16).map(row =>
    shownClasses()
      .map(ofClass => ({ row, x: classes[ofClass].services, cell: cellAt(row, ofClass), ofClass }))
      .filter(({ cell }) => cell)
  )
}

function answeredWithin({ cell }) {
  const [low, y, high] = [100, 500, 900].map(q => quantileOf(cell.latency.answered, q))
  return { y, low, high: high ?? y }
}

function shareThatLoses({ row, ofClass }) {
  const answer = answerAt(row, ofClass, 'atomic')
  if (answer.judged === 0) return { y: null }
  const y = answer.verdict === 'violated' ? answer.runs / answer.judged : 0
  return { y, low: answer.low_ppm / 1e6, high: answer.high_ppm / 1e6 }
}

const shareWords = share => `${percent(share * 1e6, Math.round)} %`

/** What grows: `of` gives the value of a point and its band, `tick` and `words` say it. */
const measures = [
  {
    title: 'messages an order',
    of: ({ cell }) => ({ y: cell.costs.messages / ordersOf(cell) }),
    words: ({ y }) => `${y.toFixed(1)} messages`
  },
  {
    title: 'forced writes an order',
    of: ({ cell }) => ({ y: cell.costs.forced_writes / ordersOf(cell) }),
    words: ({ y }) => `${y.toFixed(1)} forces`
  },
  {
    title: 'half answered within; band: 10 to 90 %',
    of: answeredWithin,
    tick: timeText,
    words: ({ y }) => timeText(y)
  },
  {
    title: 'share of runs that lose atomicity; band: 95 %',
    of: shareThatLoses,
    tick: shareWords,
    words: ({ y }) => shareWords(y)
  }]

function growthChart(plot, measure, series, width, without) {
  const drawn = series
    .map(points => ({ row: points[0]?.row, points: points
        .map(point => ({ x: point.x, ...measure.of(point) }))
        .filter(({ y }) => y != null)
        .sort((one, other) => one.x - other.x) }))
    .filter(({ points }) => points.length > 1)
  const all = drawn.flatMap(({ points }) => points)
  const top = Math.max(...all.flatMap(({ y, high }) => [y, high ?? y]), 0)
  if (all.length === 0 || top === 0) return null
  const xs = [...new Set(all.map(({ x }) => x))].sort((one, other) => one - other)
  return el('div', {}, el('h4', {}, measure.title),
    linesChart(plot, drawn, { width, without, rule: null,
      x: { domain: [xs[0], xs.at(-1)], ticks: xs.length < 10 ? xs : 6, tickFormat: String },
      y: { domain: [0, top * 1.05], tickFormat: measure.tick },
      words: point => `${measure.words(point)} at ${point.x}` }))
}

function growthTable(name, series) {
  const body = series.flat().map(point =>
    el('tr', {}, rowHeading(point.row), el('td', {}, classes[point.ofClass].heading),
      el('td', { class: 'number' }, String(point.x)),
      ...measures.map(measure => {
        const { y } = measure.of(point)
        return el('td', {}, y == null ? '–' : measure.words({ y }))
      }))
  )
  return tableOf(`Growth over ${name}`,
    ['protocol', 'class', name, ...measures.map(({ title }) => title)], body)
}

function growthOver(name, words, seriesOf, without = null) {
  const drawing = chart(`Growth over ${name}`, (width, plot) => {
    const one = multipleWidth(width, Math.min(420, width))
    return [el('div', { class: 'multiples' },
        ...measures.map(measure => growthChart(plot, measure, seriesOf(), one, without)))]
  })
  const host = el('div', {})
  onView(() => {
    drawing?.redraw()
    later(host, () => host.replaceChildren(growthTable(name, seriesOf())))
  })
  return [el('h2', {}, `Growth over ${name}`), el('p', { class: 'note' }, words), drawing,
    drawing ? folded('In figures', host) : host]
}

export function growthPart() {
  const parts = []
  if (new Set(classes.map(({ services }) => services)).size > 2) {
    const words = 'Each scenario has orders of other services.'
    parts.push(...growthOver('services of an order', words, servicesSeries))
  }
  for (const variable of sweptVariables()) {
    for (const ofClass of classes.keys()) {
      const { heading } = classes[ofClass]
      const name = classes.length > 1 ? `${variable.name}, ${heading}` : variable.name
      const words = 'Rows that differ in nothing else are one line; durations in seconds.'
      const seriesOf = () => sweptSeries(variable, ofClass)
      parts.push(...growthOver(name, words, seriesOf, variable.name))
    }
  }
  return parts
}
