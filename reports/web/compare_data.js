import { pageData } from './dom.js'

// What the page knows of the comparison, and how it says figures.

/** All that the program found: docs/compare-json.md says what is in it. */
export const compared = pageData()
export const classes = compared.scenarios
export const rows = compared.rows
export const hasCharts = typeof globalThis.Plot !== 'undefined'

const ideaColours = { 'atomic commitment': '--idea-commitment',
  reservations: '--idea-reservations', sagas: '--idea-sagas', messages: '--idea-messages' }
const verdictRanks = { violated: 4, owed: 3, unknown: 2, holds: 1, 'n/a': 0 }

/** Ideas of the protocols in this comparison, in the order of the rows. */
export const ideas = [...new Set(rows.map(row => row.idea))]
export const ideaColour = row => `var(${ideaColours[rows[row].idea] ?? '--idea-baseline'})`

/** The cell of a row in a class, or null where the scenario does not run it. */
export function cellAt(row, ofClass) {
  const place = rows[row].cells[ofClass]
  return place == null ? null : classes[ofClass].cells[place]
}

/** "saga style=choreographed supervisor": a row in full, flags by their name. */
export function rowName(row) {
  const details = rows[row].details.map(([name, value]) =>
    value === 'true' ? name : `${name}=${value}`
  )
  return [rows[row].form, ...details].join(' ')
}

export const rankOf = verdict => verdictRanks[verdict]

/** How much a property of a cell says: what nothing exercised says least. */
export const weightOf = found =>
  found.verdict === 'unknown' && !found.unknown ? 0.5 : rankOf(found.verdict)

/** The answer of a row to a question in a class; nothing where it was not run. */
export function answerAt(row, ofClass, question) {
  return cellAt(row, ofClass)?.answers[question] ?? { verdict: 'n/a', runs: 0, judged: 0 }
}

/** The worst answer of several rows, and of equal ones that of most runs. */
export function worstOf(group, ofClass, question) {
  const weight = answer => rankOf(answer.verdict) * 1e12 + answer.runs
  return group
    .map(row => answerAt(row, ofClass, question))
    .reduce((worst, next) => (weight(next) > weight(worst) ? next : worst))
}

const decimals = ppm => (Math.min(ppm, 1e6 - ppm) < 1e5 && ppm !== 0 && ppm !== 1e6 ? 1 : 0)

/** Millionths as a percentage, rounded down or up: a bound stays one. */
export function percent(ppm, round) {
  const step = 10 ** (4 - decimals(ppm))
  return ((round(ppm / step) * step) / 1e4).toFixed(decimals(ppm))
}

/** "11/300, 2.1-6.4 %": in how many runs, and what that says of all runs. */
export function figureOf({ verdict, low_ppm: low, high_ppm: high }, runs, judged) {
  if (verdict === 'violated') {
    return `${runs}/${judged}, ${percent(low, Math.floor)}–${percent(high, Math.ceil)} %`
  }
  if (verdict === 'owed') return `${runs}/${judged} owed`
  if (verdict === 'holds') return `0/${judged}, < ${percent(high, Math.ceil)} %`
  return verdict === 'unknown' && judged === 0 ? 'nothing to judge' : ''
}

/** The same of a property of a cell. */
export function propertyFigure(found) {
  const runs = found.verdict === 'owed' ? found.owed : found.violations
  return figureOf(found, runs, Math.max(found.checked, found.violations, found.owed ?? 0))
}

export const ordersOf = cell =>
  Math.max(1, cell.outcomes.placed + cell.outcomes.not_placed + cell.outcomes.unknown)

/** "8.3 ms", "1.2 s"; a dash where there is nothing to say. */
export function timeText(ns) {
  if (ns == null) return '–'
  if (ns === 0) return '0'
  const [value, unit] =
    ns < 1e6 ? [ns / 1e3, 'µs'] : ns < 1e9 ? [ns / 1e6, 'ms'] : [ns / 1e9, 's']
  const rounded = value < 9.95 ? Number(value.toFixed(1)) : Math.round(value)
  return `${rounded.toLocaleString('en')} ${unit}`
}

/** The time that so many thousandths of all orders do not exceed; null: not so many ever end. */
export function quantileOf(distribution, permille) {
  if (!distribution) return null
  return distribution.at_ns[compared.quantiles_permille.indexOf(permille)]
}

/** The command that tells one run of a cell. */
export function traceCommand(ofClass, cell, seed) {
  const words = `${compared.program} trace ${classes[ofClass].arguments}`
  return `${words} --cell ${cell.cell} --seed ${seed}`
}

/** The seeds of `first, last` pairs. */
export function seedsIn(ranges = []) {
  const seeds = []
  for (let i = 0; i < ranges.length; i += 2) {
    for (let seed = ranges[i]; seed <= ranges[i + 1]; ++seed) seeds.push(seed)
  }
  return seeds
}
