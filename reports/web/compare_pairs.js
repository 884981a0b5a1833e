import { commandBox, el, fill } from './dom.js'
import { cellAt, classes, compared, rowName, rows, seedsIn } from './compare_data.js'
import { traceCommand } from './compare_data.js'
import { choose, onView, shownClasses, view } from './compare_view.js'
import { folded, selectOf, switchOf, tableOf } from './compare_parts.js'

// Two rows on the same seeds: where one breaks and the other does not.

const mostSeedsNamed = 4

/** The seeds that only the one, both, and only the other violate. */
export function pairOf(one, other) {
  const ours = seedsIn(one.seeds)
  const theirs = new Set(seedsIn(other.seeds))
  const both = ours.filter(seed => theirs.has(seed))
  const known = new Set(ours)
  return { onlyOne: ours.filter(seed => !theirs.has(seed)), both,
    onlyOther: [...theirs].filter(seed => !known.has(seed)) }
}

function strip({ onlyOne, both, onlyOther }, runs) {
  const piece = (seeds, kind) =>
    el('i', { class: kind, style: `width:${(100 * seeds.length) / runs}%` })
  return el('div', { class: 'strip', 'aria-hidden': 'true' }, piece(onlyOne, 'only-one'),
    piece(both, 'both'), piece(onlyOther, 'only-other'))
}

/** How many seeds, and the first of them told under both rows. */
function seedsCell(seeds, ofClass, cells) {
  if (seeds.length === 0) return el('td', {}, '0')
  const named = seeds.slice(0, mostSeedsNamed)
  const more = seeds.length > named.length ? ', …' : ''
  const [one, other] = cells.map(cell => traceCommand(ofClass, cell, named[0]))
  const beside = `${one} --as html --beside ${cells[1].cell} > seed-${named[0]}.html`
  return el('td', {}, el('b', {}, String(seeds.length)),
    folded(`seeds ${named.join(', ')}${more}`,
      el('p', { class: 'note' }, `Seed ${named[0]} under both, as a page and told:`),
      commandBox(beside), commandBox(one), commandBox(other)))
}

function pairRow(ofClass) {
  const cells = [cellAt(+view.one, ofClass), cellAt(+view.other, ofClass)]
  if (cells.includes(null)) return null
  const pair = pairOf(...cells.map(cell => cell.answers[view.question]))
  const runs = Math.min(compared.runs_listed, ...cells.map(cell => cell.runs))
  return el('tr', {}, el('th', { scope: 'row' }, classes[ofClass].heading),
    el('td', {}, strip(pair, runs)), seedsCell(pair.onlyOne, ofClass, cells),
    el('td', {}, String(pair.both.length)), seedsCell(pair.onlyOther, ofClass, cells))
}

/** Two forms of one protocol, if there are; else the first two rows. */
function firstPair() {
  const sample = rows.findIndex(row => row.published === 1)
  if (sample < 0) return ['0', '1']
  const hardened = rows.findIndex(
    row => row.protocol === rows[sample].protocol && row.published !== 1)
  return hardened < 0 ? ['0', '1'] : [String(hardened), String(sample)]
}

export function pairsPart() {
  if (rows.length < 2) return []
  const host = el('div', {})
  const choice = el('div', { class: 'filters' })
  const first = firstPair()
  if (!rows[view.one] || view.one === '') view.one = first[0]
  if (!rows[view.other] || view.other === '') view.other = first[1]
  const names = rows.map((_, i) => [i, rowName(i)])
  onView(() => {
    fill(choice, selectOf('One row', names, view.one, one => choose({ one })),
      el('span', { class: 'note' }, 'and'),
      selectOf('Another row', names, view.other, other => choose({ other })),
      switchOf('Question', compared.questions.map(({ id, title }) => [id, title]), view.question,
        question => choose({ question })))
    fill(host,
      tableOf('Two rows on the same seeds',
        ['class', `of ${compared.runs_listed} seeds`, `only ${rowName(+view.one)}`, 'both',
          `only ${rowName(+view.other)}`],
        shownClasses().map(pairRow).filter(Boolean), 'figures pairs'))
  })
  return [el('h2', {}, 'Two of them on the same seeds'),
    el('p', { class: 'note' },
      'On one seed both meet the same delays, losses and faults, as far as ' +
        'they do the same: what only one of them violates is its own doing. Runs count that ' +
        'violate any property of the question.'),
    choice, host]
}
