import { el, fill, verdictMark } from './dom.js'

// Every family on the scenario of the lab, side by side.

/** The rows that a comparison has: each family in each of its variants. */
export function rowsToCompare(families) {
  return families.flatMap(({ name, variants }) =>
    variants.map((variant, i) => ({ family: name, variant: i === 0 ? '' : variant })))
}

function cell(result, name) {
  const { verdict, violations, reason } = result.properties[name]
  const words = verdict === 'violated' ? `violated in ${violations} of ${result.runs}: ${reason}`
    : verdict
  const isWorse = verdict === 'violated'
  return el('td', { title: words },
    verdictMark(verdict, isWorse && el('span', { class: 'for-readers' }, words)))
}

/** The table of what is there so far; `onchoose(row)` is called with a row that is clicked. */
export function drawComparison(parent, results, { of, onchoose, onclose }) {
  const names = Object.keys(results[0]?.properties ?? {})
    .filter(name => results.some(one => one.properties[name].verdict === 'violated' ||
      one.properties[name].verdict === 'owed'))
  const each = (sum, one) => (sum / one.runs).toFixed(1).replace(/\.0$/, '')
  const rows = results.map(one => el('tr', {},
    el('th', { scope: 'row' }, el('button', { type: 'button', class: 'link',
      onclick: () => onchoose(one) }, one.family),
    one.variant && el('i', {}, ` ${one.variant.replace('-', ' ')}`)),
    el('td', { class: 'number' }, each(one.placed, one)),
    el('td', { class: 'number' }, each(one.messages, one)),
    el('td', { class: 'number' }, each(one.forced_writes, one)),
    names.map(name => cell(one, name))))
  const head = ['placed', 'messages', 'forced'].map(name => el('th', { class: 'number' }, name))
  fill(parent,
    el('div', { class: 'button-row' },
      el('h2', {}, 'Every protocol on this scenario'),
      el('button', { type: 'button', class: 'button push', onclick: onclose }, 'close')),
    el('p', { class: 'note' }, `${results.length} of ${of} rows, ` +
      `${results[0]?.runs ?? 0} seeds each, the same for all; numbers are for one run. ` +
      (names.length ? 'Only properties that somebody breaks or owes have a column.'
        : 'Nobody breaks or owes anything.')),
    el('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'Comparison' },
      el('table', { class: 'comparison' },
        el('thead', {}, el('tr', {}, el('th', {}, 'protocol'), head,
          names.map(name => el('th', { class: 'turned' }, el('span', {}, name))))),
        el('tbody', {}, rows))))
}
