import { el, fill } from './dom.js'
import { cellAt, classes, compared, ideaColour, ordersOf, quantileOf } from './compare_data.js'
import { rowName, rows, timeText } from './compare_data.js'
import { chartRows, choose, onView, shownClasses, shownRows, view } from './compare_view.js'
import { chart, facetOptions, facetTitles, facetsOf, linesChart } from './compare_charts.js'
import { multipleWidth, shortName, timeAxis, timeRange } from './compare_charts.js'
import { folded, part, rowHeading, selectOf, tableOf } from './compare_parts.js'
import { later } from './compare_later.js'
import { growthPart } from './compare_growth.js'
import { faultsPart } from './compare_made.js'

// What it costs: what becomes of orders, how long it takes, what stays taken, messages and forces.

const mostChartRows = 16

/** A chart and the table with its numbers, both of what is shown. */
function chartAndTable(label, draw, table) {
  const drawing = chart(label, draw)
  const host = el('div', {})
  onView(() => {
    drawing?.redraw()
    later(host, () => fill(host, table()))
  })
  return [drawing, drawing ? folded('In figures', host) : host]
}

/** A table with a column for each class that is shown. */
function byClassTable(caption, entry) {
  const shown = shownClasses()
  const body = shownRows().map(row =>
    el('tr', {}, rowHeading(row),
      ...shown.map(ofClass => {
        const cell = cellAt(row, ofClass)
        return el('td', {}, ...(cell ? [entry(cell, ofClass)].flat() : ['not run']))
      }))
  )
  return tableOf(caption, ['protocol', ...shown.map(i => classes[i].heading)], body)
}

/** Something of each chart row and class: [{ fx, fy, name, row, cell }]. */
function eachCell(shown, facets, ofClasses) {
  return ofClasses
    .flatMap(ofClass =>
      shown.map(row => ({ row, ofClass, name: shortName(row), cell: cellAt(row, ofClass),
        ...facets.at(ofClass) }))
    )
    .filter(({ cell }) => cell)
}

const keyOf = items =>
  el('p', { class: 'note' },
    ...items.map(([colour, words]) =>
      el('span', { class: 'key' }, el('i', { style: `background:${colour}` }), words)
    ))

const shareText = (part, all) => `${((100 * part) / all).toFixed(1)} %`

const outcomeKinds = [['placed', 'var(--ink-2)', 'placed'],
  ['not_placed', 'var(--line-2)', 'not placed'], ['unknown', 'var(--page)', 'no answer']]

function stackedBars(plot, width, kinds, countsOf, allOf) {
  const shown = chartRows(mostChartRows)
  const ofClasses = shownClasses()
  const facets = facetsOf(ofClasses, width - 160)
  const pieces = eachCell(shown, facets, ofClasses).flatMap(at =>
    kinds.map(([key, colour, words]) => {
      const count = countsOf(at.cell)[key]
      return { ...at, colour, share: count / allOf(at.cell),
        words: `${rowName(at.row)}: ${count.toLocaleString('en')} ${words}` }
    })
  )
  const { barX } = globalThis.Plot
  return plot({ ...facetOptions(shown, facets, width),
    x: { domain: [0, 1], ticks: [0, 0.5], tickFormat: share => `${share * 100} %`, label: null },
    marks: [
      barX(pieces, { fx: 'fx', fy: 'fy', y: 'name', x: 'share', fill: 'colour', title: 'words',
        stroke: 'var(--line-2)', strokeWidth: 0.75, insetTop: 2, insetBottom: 2 }),
      facetTitles(facets)] })
}

function outcomesPart() {
  const draw = (width, plot) => [keyOf(outcomeKinds.map(([, colour, words]) => [colour, words])),
    stackedBars(plot, width, outcomeKinds, cell => cell.outcomes, ordersOf)]
  const table = () =>
    byClassTable('What becomes of orders', cell => {
      const { placed, not_placed: not, unknown } = cell.outcomes
      return [`${placed.toLocaleString('en')} placed`,
        el('small', {},
          `${not.toLocaleString('en')} not placed, ${unknown.toLocaleString('en')} no answer`)]
    })
  return [el('h2', {}, 'What becomes of orders'),
    el('p', { class: 'note' },
      'Shares of all orders. One that gets no answer before its client ' +
        'gives up counts; none is dropped anywhere.'),
    ...chartAndTable('What becomes of orders', draw, table)]
}

const causeColours = { 'no cause': 'var(--bad)', declined: 'var(--idea-reservations)',
  'out of stock': 'var(--idea-messages)', 'lost or harmed': 'var(--owed)',
  'trouble at a node': 'var(--idea-commitment)', late: 'var(--idea-sagas)' }

function causesPart() {
  const seen = Object.keys(causeColours).filter(cause =>
    classes.some(({ cells }) => cells.some(({ missed }) => missed[cause] > 0))
  )
  if (seen.length === 0) return []
  const kinds = seen.map(cause => [cause, causeColours[cause], cause])
  const draw = (width, plot) => [keyOf(kinds.map(([, colour, words]) => [colour, words])),
    stackedBars(plot, width, kinds, cell => cell.missed, ordersOf)]
  const table = () =>
    byClassTable('Why orders were not placed', cell => {
      const causes = seen
        .filter(cause => cell.missed[cause] > 0)
        .map(cause => `${cause} ${cell.missed[cause].toLocaleString('en')}`)
      return causes.length === 0 ? '–' : causes.join(', ')
    })
  return [el('h2', {}, 'Why orders were not placed'),
    el('p', { class: 'note' },
      'By the first that applies of what met the order before its client ' +
        'had an answer or gave up. No cause: nothing hindered it, and it should have been placed.'),
    ...chartAndTable('Why orders were not placed', draw, table)]
}

const [leastTime, edgeOfTime] = timeRange

function quantilesChart(kind) {
  return (width, plot) => {
    const { dot, ruleX, ruleY, text, tickX } = globalThis.Plot
    const shown = chartRows(mostChartRows)
    const ofClasses = shownClasses()
    const facets = facetsOf(ofClasses, width - 160)
    const all = eachCell(shown, facets, ofClasses).map(at => {
      const [p50, p90, p99] = [500, 900, 990].map(q => quantileOf(at.cell.latency[kind], q))
      return { ...at, p50, p90, p99, end: p99 ?? edgeOfTime, colour: ideaColour(at.row) }
    })
    const facet = { fx: 'fx', fy: 'fy', y: 'name' }
    const reached = key => all.filter(at => at[key] != null)
    const patience = [...new Set(ofClasses.map(i => classes[i].give_up_ns))]
    return [plot({ ...facetOptions(shown, facets, width), x: timeAxis(2),
        marks: [ruleX(patience, { stroke: 'var(--line-2)', strokeDasharray: '3 3' }),
          ruleY(reached('p50'), { ...facet, x1: 'p50', x2: 'end', stroke: 'colour',
            strokeWidth: 1.5 }),
          dot(reached('p50'), { ...facet, x: 'p50', r: 4, fill: 'colour',
            title: at => `${at.name}: half within ${timeText(at.p50)}` }),
          dot(reached('p90'), { ...facet, x: 'p90', r: 3.5, stroke: 'colour', fill: 'var(--page)',
            strokeWidth: 1.75, title: at => `${at.name}: 90 % within ${timeText(at.p90)}` }),
          tickX(reached('p99'), { ...facet, x: 'p99', stroke: 'colour', strokeWidth: 2,
            insetTop: 3, insetBottom: 3 }),
          text(all.filter(at => at.p99 == null),
            { ...facet, x: () => edgeOfTime, text: () => '▶', fill: 'colour', fontSize: 9 }),
          facetTitles(facets)] })]
  }
}

const allIn = ({ count, never }) => (count + never).toLocaleString('en')

function quantilesTable(kind, caption) {
  return () =>
    byClassTable(caption, cell => {
      const times = cell.latency[kind]
      if (!times) return '–'
      const most = times.never === 0 ? `, longest ${timeText(quantileOf(times, 1000))}` : ''
      return [[500, 900, 990].map(q => timeText(quantileOf(times, q))).join(' · '),
        el('small', {},
          times.never === 0
            ? `all ${times.count.toLocaleString('en')}${most}`
            : `${times.never.toLocaleString('en')} of ${allIn(times)} never`
        )]
    })
}

function ecdfPoints(times) {
  const points = [{ x: leastTime, y: 0 }]
  compared.quantiles_permille.forEach((permille, i) => {
    const at = times.at_ns[i]
    if (at != null)
      points.push({ x: Math.min(Math.max(at, leastTime), edgeOfTime), y: permille / 1000 })
  })
  points.push({ x: edgeOfTime, y: times.count / Math.max(1, times.count + times.never) })
  return points
}

function ecdfChart(kind) {
  return (width, plot) => {
    const shown = chartRows(mostChartRows)
    const one = multipleWidth(width, Math.min(520, width))
    const ofClass = i =>
      el('div', {}, el('h4', {}, classes[i].heading),
        linesChart(plot,
          shown
            .filter(row => cellAt(row, i))
            .map(row => ({ row, points: ecdfPoints(cellAt(row, i).latency[kind]) })),
          { width: one, x: { ...timeAxis(), grid: false },
            rule: classes[i].give_up_ns, curve: 'step-after',
            y: { domain: [0, 1], tickFormat: share => `${Math.round(share * 100)} %` },
            words: point => `${Math.round(point.y * 100)} % within ${timeText(point.x)}` }))
    return [el('div', { class: 'multiples' }, ...shownClasses().map(ofClass))]
  }
}

function latencyPart() {
  const toAnswer = chartAndTable('How long the client waits', quantilesChart('answered'),
    quantilesTable('answered', 'How long the client waits'))
  const toLast = chartAndTable('How long until the last service is done',
    quantilesChart('settled'),
    quantilesTable('settled', 'How long until the last service is done'))
  const curves = chart('Answered by then', ecdfChart('answered'))
  if (curves) onView(curves.redraw)
  const marksWords =
    'By the dot half of all orders are there, by the ring 90 %, by the tick 99 %; an ' +
    'arrow instead: so many never are. Logarithmic; dashed: the client gives up.'
  return [el('h2', {}, 'How long the client waits'),
    el('p', { class: 'note' },
      'From its request to the first answer, placed or not, however late. ',
      hasMarks(toAnswer) && marksWords),
    ...toAnswer, curves && el('h3', {}, 'Answered by then'),
    curves && el('p', { class: 'note' }, 'A line that ends below 100 % never gets there.'),
    curves, el('h2', {}, 'How long until the last service is done'),
    el('p', { class: 'note' },
      'From the request until no service is in doubt, holds a unit or lacks its part. ',
      hasMarks(toLast) && marksWords),
    ...toLast]
}

const hasMarks = ([drawing]) => drawing != null

/** Times in pieces of the arrivals, for one row in one class. */
function overTimePoints(cell, key) {
  return cell.over_time[key]
    .map((y, i) => ({ x: (i + 0.5) * cell.over_time.bin_ns, y: y ?? NaN }))
}

/** Pieces of time in which faults were in force: how dark says in how many of the runs. */
function windowMarks(cell, ofClass, top) {
  const { rectY, ruleX, text } = globalThis.Plot
  const bin = cell.over_time.bin_ns
  const end = cell.over_time.orders.length * bin
  const pieces = cell.over_time.faulted_permille.map((permille, i) => ({ from: i * bin,
    to: (i + 1) * bin, share: permille / 1000 }))
  const named = classes[ofClass].windows.filter(({ from_ns: from }) => from < end)
  return [rectY(pieces, { x1: 'from', x2: 'to', y1: top[0], y2: top[1], fill: 'var(--fault)',
      fillOpacity: piece => 0.35 * piece.share }),
    ruleX(named.flatMap(({ from_ns: from, to_ns: to }) =>
        [from, to].filter(at => at != null && at < end)
      ),
      { stroke: 'var(--fault)' }),
    text(named, { x: 'from_ns', y: () => top[1], text: 'id', dx: 4, dy: 8, textAnchor: 'start',
      fontSize: 11, fill: 'var(--ink-2)' })]
}

function overTimeChart(cell, ofClass, width, plot) {
  const { dot, lineY, text } = globalThis.Plot
  const end = cell.over_time.orders.length * cell.over_time.bin_ns
  const p50 = overTimePoints(cell, 'p50_ns')
  const p90 = overTimePoints(cell, 'p90_ns')
  const range = timeRange
  const line = (points, words, dash, dy) => [
    lineY(points,
      { x: 'x', y: 'y', stroke: 'var(--ink)', strokeWidth: 1.6, strokeDasharray: dash }),
    dot(points, { x: 'x', y: 'y', r: 2, fill: 'var(--ink)',
      title: ({ y }) => `${words} within ${timeText(y)}` }),
    text(points.filter(({ y }) => y > 0).slice(-1), { x: () => end, y: 'y', text: () => words,
      dx: 6, dy, textAnchor: 'start', fontSize: 11 })]
  return plot({ width, height: 190, marginLeft: 52, marginRight: 44, marginBottom: 26,
    x: { domain: [0, end], ticks: width < 420 ? 3 : 5, tickFormat: timeText, label: null },
    y: timeAxis(2),
    marks: [...windowMarks(cell, ofClass, range), ...line(p50, 'half', null, 6),
      ...line(p90, '90 %', '4 3', -6)] })
}

function overTimeTable(row) {
  const body = shownClasses().flatMap(ofClass => {
    const cell = cellAt(row, ofClass)
    if (!cell?.over_time) return []
    const { bin_ns: bin, orders, placed, answered, p50_ns: p50, p90_ns: p90,
      faulted_permille: faulted } = cell.over_time
    return orders.map((count, i) =>
      el('tr', {}, el('th', { scope: 'row' }, classes[ofClass].heading),
        ...[timeText(i * bin), count, placed[i], answered[i], timeText(p50[i]), timeText(p90[i]),
          `${(faulted[i] / 10).toFixed(0)} %`
        ].map(words => el('td', { class: 'number' }, String(words))))
    )
  })
  return tableOf('Latency over time',
    ['class', 'from', 'orders', 'placed', 'answered', 'half within', '90 % within',
      'time in faults'],
    body)
}

function overTimePart() {
  const isThere = classes.some(({ cells }) => cells.some(cell => cell.over_time))
  if (!isThere) return []
  const row = () => (rows[view.over] ? +view.over : 0)
  const choice = el('div', { class: 'filters' })
  onView(() =>
    fill(choice,
      selectOf('Row', rows.map((_, i) => [i, rowName(i)]), row(), over => choose({ over })))
  )
  const draw = (width, plot) => {
    const one = multipleWidth(width, Math.min(400, width))
    const drawn = shownClasses().filter(i => cellAt(row(), i)?.over_time)
    return [el('div', { class: 'multiples' },
        ...drawn.map(i =>
          el('div', {}, el('h4', {}, classes[i].heading),
            overTimeChart(cellAt(row(), i), i, one, plot))
        ))]
  }
  return [el('h2', {}, 'When it takes how long'),
    el('p', { class: 'note' },
      'Orders by when they came, over all runs: within which time half and 90 % of them were ' +
        'answered; a line breaks off where too few ever were. Shaded: a fault was in force, the ' +
        'darker the more of the time.'),
    choice, ...chartAndTable('Latency over time', draw, () => overTimeTable(row()))]
}

/** Decades around these times. */
const decadesAround = times => [10 ** Math.floor(Math.log10(Math.min(...times))),
  10 ** Math.ceil(Math.log10(Math.max(...times)))]

/** The longest doubt is a ring, the longest hold a dot: often they are the same. */
function waitsChart(width, plot) {
  const { dot, ruleY } = globalThis.Plot
  const ofClasses = shownClasses()
  const waits = row => ofClasses.map(i => cellAt(row, i)).filter(Boolean)
    .flatMap(cell => [cell.longest_in_doubt_ns, cell.max_hold_ns]).filter(time => time > 0)
  const shown = chartRows(mostChartRows).filter(row => waits(row).length > 0)
  if (shown.length === 0) return [el('p', { class: 'note' }, 'Nothing was in doubt or held.')]
  const facets = facetsOf(ofClasses, width - 160)
  const range = decadesAround(shown.flatMap(waits))
  const points = eachCell(shown, facets, ofClasses)
    .map(at => ({ ...at, doubt: at.cell.longest_in_doubt_ns, hold: at.cell.max_hold_ns }))
  const facet = { fx: 'fx', fy: 'fy', y: 'name' }
  const marks = (key, words, look) => dot(points.filter(point => point[key] > 0), { ...facet,
    ...look, x: key, title: point => `${point.name}: ${words} ${timeText(point[key])}` })
  return [keyOf([['var(--doubt)', 'longest in doubt'], ['var(--hold)', 'longest hold']]),
    plot({ ...facetOptions(shown, facets, width), x: timeAxis(2, range),
      marks: [
        ruleY(points.filter(({ doubt, hold }) => doubt + hold > 0), { ...facet, x1: () => range[0],
          x2: ({ doubt, hold }) => Math.max(doubt, hold), stroke: 'var(--line)' }),
        marks('doubt', 'longest in doubt', { r: 6, fill: 'var(--doubt)' }),
        marks('hold', 'longest hold', { r: 3, fill: 'var(--hold)' }), facetTitles(facets)] })]
}

function waitsPart() {
  const table = () =>
    byClassTable('In doubt, blocked, held', cell => {
      const still = cell.in_doubt?.never ?? 0
      const mean = cell.holds > 0 ? `, mean hold ${timeText(cell.held_ns / cell.holds)}` : ''
      return [
        `in doubt ${timeText(cell.longest_in_doubt_ns)}, held ${timeText(cell.max_hold_ns)}`,
        el('small', {},
          `blocked ${timeText(cell.blocked_ns / ordersOf(cell))} an order${mean}` +
            (still > 0 ? `, ${still.toLocaleString('en')} in doubt to the end` : ''))]
    })
  return [el('h2', {}, 'In doubt, blocked, held'),
    el('p', { class: 'note' },
      'The longest that a service was in doubt about an order, whatever the cause, and the ' +
        'longest that a unit was held. Blocked: in doubt while a node of the order was down.'),
    ...chartAndTable('In doubt and held', waitsChart, table)]
}

/** Where queues are bounded or orders are late, what is served is not what is asked for. */
function ratesPart() {
  const rate = milli => milli == null ? '-' : `${(milli / 1000).toFixed(1)}/s`
  const table = () =>
    byClassTable('Orders per simulated second', cell => [
      `${rate(cell.throughput_milli)} answered, ${rate(cell.goodput_milli)} placed in time`,
      ...(cell.turned_away > 0
        ? [el('small', {}, `${cell.turned_away.toLocaleString('en')} messages turned away`)]
        : [])])
  const host = el('div', {})
  onView(() => later(host, () => fill(host, table())))
  return [el('h2', {}, 'Throughput and goodput'),
    el('p', { class: 'note' },
      'Orders that were answered, were it too late, and orders that were placed in time, per ' +
        'simulated second from the first request to the last request or answer.'),
    host]
}

function moneyTable() {
  return byClassTable('Messages and forced writes of an order', cell => {
    const orders = ordersOf(cell)
    const { messages, forced_writes: forces, formula } = cell.costs
    const mean = sum => (sum / orders).toFixed(1)
    const words = `${mean(messages)} messages, ${mean(forces)} forces`
    return formula
      ? [
          words,
          el('small', {},
            `formula ${formula.messages_per_order} and ` +
              `${formula.forced_writes_per_order}; ${formula.messages}`)
        ]
      : words
  })
}

function messagesChart(width, plot) {
  const { barX, ruleX, tickX } = globalThis.Plot
  const shown = chartRows(mostChartRows)
  const ofClasses = shownClasses()
  const facets = facetsOf(ofClasses, width - 160)
  const bars = eachCell(shown, facets, ofClasses).map(at => ({ ...at, colour: ideaColour(at.row),
    messages: at.cell.costs.messages / ordersOf(at.cell),
    formula: at.cell.costs.formula?.messages_per_order }))
  const facet = { fx: 'fx', fy: 'fy', y: 'name' }
  return [plot({ ...facetOptions(shown, facets, width), x: { label: null, ticks: 3, grid: true },
      marks: [
        barX(bars, { ...facet, x: 'messages', fill: 'colour', fillOpacity: 0.55, insetTop: 3,
          insetBottom: 3,
          title: bar => `${bar.name}: ${bar.messages.toFixed(1)} messages an order` }),
        tickX(bars.filter(({ formula }) => formula != null),
          { ...facet, x: 'formula', stroke: 'var(--ink)', strokeWidth: 2,
            title: bar => `${bar.name}: ${bar.formula} by the formula` }),
        ruleX([0]), facetTitles(facets)] })]
}

function moneyPart() {
  return [el('h2', {}, 'Messages and forced writes'),
    el('p', { class: 'note' },
      'Of an order, on the average; the tick is what the formula of the literature says of one ' +
        'that nothing disturbs, with every node on a machine of its own.'),
    ...chartAndTable('Messages of an order', messagesChart, moneyTable)]
}

export function costPart() {
  return part('cost', ...outcomesPart(), ...causesPart(), ...latencyPart(), ...overTimePart(),
    ...waitsPart(), ...ratesPart(), ...moneyPart(), ...growthPart(), ...faultsPart())
}
