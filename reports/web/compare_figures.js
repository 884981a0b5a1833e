import { el, fill, verdictMark } from './dom.js'
import { cellAt, classes, compared, propertyFigure, rankOf, weightOf } from './compare_data.js'
import { choose, onView, shownClasses, shownRows, view } from './compare_view.js'
import { rowHeading, selectOf, tableOf } from './compare_parts.js'

// The verdicts in figures: every row, one property or the worst of all.

const judgedProperties = Object.keys(compared.properties).filter(name =>
  classes.some(({ cells }) =>
    cells.some(({ properties }) => properties[name].checked + properties[name].violations > 0)
  )
)

/** The property of a cell that says most: [name, found]. */
function worstProperty(cell) {
  const weight = ([, found]) =>
    weightOf(found) * 1e12 + Math.max(found.violations, found.owed ?? 0)
  return Object.entries(cell.properties).reduce((worst, next) =>
    weight(next) > weight(worst) ? next : worst
  )
}

function foundAt(row, ofClass) {
  const cell = cellAt(row, ofClass)
  if (!cell) return null
  return view.property === 'worst'
    ? worstProperty(cell)
    : [view.property, cell.properties[view.property]]
}

function figureCell(row, ofClass) {
  const at = foundAt(row, ofClass)
  if (!at) return el('td', { class: 'quiet' }, 'not run')
  const [name, found] = at
  const isNamed = view.property === 'worst' && rankOf(found.verdict) > 1
  return el('td', {}, verdictMark(found.verdict, found.verdict),
    el('small', {}, isNamed ? `${name} ` : '', propertyFigure(found)))
}

function shareAt(row, ofClass) {
  const at = foundAt(row, ofClass)
  if (!at) return -1
  const found = at[1]
  const runs = Math.max(found.violations, found.owed ?? 0)
  return weightOf(found) + runs / Math.max(1, found.checked, runs) / 2
}

function sortedRows() {
  const shown = shownRows()
  if (view.sort === '') return shown
  return shown.sort(
    (one, other) => shareAt(other, +view.sort) - shareAt(one, +view.sort) || one - other)
}

function sortHeading(words, sort, title) {
  const isSorted = view.sort === sort && sort !== ''
  return el('th', { scope: 'col', 'aria-sort': isSorted ? 'descending' : null },
    el('button', { type: 'button', title, onclick: () => choose({ sort }) }, words))
}

function figuresTable() {
  const ofClasses = shownClasses()
  const headings = [sortHeading('protocol', '', 'in the order of the files'),
    ...ofClasses.map(i => sortHeading(classes[i].heading, String(i), classes[i].description))]
  const body = sortedRows().map(row =>
    el('tr', {}, rowHeading(row), ...ofClasses.map(i => figureCell(row, i)))
  )
  return tableOf('Verdicts in figures', headings, body)
}

export function figuresPart() {
  const host = el('div', {})
  const about = el('span', { class: 'note' })
  const choice = el('span', {})
  onView(() => {
    fill(choice,
      selectOf('Property',
        [['worst', 'the worst of all'], ...judgedProperties.map(name => [name, name])],
        view.property, property => choose({ property })))
    fill(about,
      view.property === 'worst'
        ? `The worst of ${judgedProperties.length}, with its name.`
        : compared.properties[view.property])
    fill(host, figuresTable())
  })
  return el('details', { id: 'figures', open: innerWidth >= 720 },
    el('summary', {}, el('h2', {}, 'The same in figures')),
    el('div', { class: 'filters' }, choice, about),
    el('p', { class: 'note' },
      'Violated in k of the n runs that exercised it, and the share of all ' +
        'runs that this leaves (95 %, Wilson, rounded outwards). Press a class to sort by it.'),
    host)
}
