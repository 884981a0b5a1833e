import { countOf, el, fill } from './dom.js'
import { deedOf, mapRows, newlyBroken, whereOf } from './lab_faults.js'

// The map of all single faults, drawn: a square for each, which adds the fault to the scenario.

const squareGlyphs = { violated: '✗', owed: '◐', holds: '✓' }
const mostSquares = 48

function titleOf({ entry, fate }, alone) {
  const what = `${deedOf(entry.fault)}: ${whereOf(entry.fault)}`
  if (fate === 'holds') return `${what}: nothing is broken`
  const names = fate === 'owed' ? entry.owes : newlyBroken(entry, alone)
  return `${what}: ${fate === 'owed' ? 'owes' : 'breaks'} ${names.join(', ')}`
}

function squareButton(square, alone, onfault) {
  const title = titleOf(square, alone)
  return el('button', { type: 'button', class: `map-square ${square.fate}`, title,
    'aria-label': title, onclick: () => onfault(square.entry.fault) }, squareGlyphs[square.fate])
}

/** What the squares come to, in a sentence. */
function summaryOf(rows, map) {
  const squares = rows.flatMap(row => row.squares)
  const bad = squares.filter(square => square.fate === 'violated').length
  const more = map.entries.length && map.next < map.of
    ? ` So far: ${Math.round(100 * map.next / map.of)} % of the map is made.` : ''
  const what = map.alone.violates.length ? 'something more' : 'something'
  return `${bad} of ${countOf(squares.length, 'place')} break ${what}. Click one.${more}`
}

/** Draws the map into an element; `onfault(fault)` is called with what is clicked. */
export function drawMap(parent, map, onfault) {
  if (!map) return fill(parent)
  const rows = mapRows(map.entries, map.alone)
  const drawn = rows.flatMap(({ name, squares }) => {
    const shown = squares.slice(0, mostSquares)
    const rest = squares.length - shown.length
    return [el('span', { class: 'note' }, name),
      el('span', { class: 'map-squares' },
        shown.map(square => squareButton(square, map.alone, onfault)),
        rest > 0 && el('span', { class: 'note' }, `and ${rest} more`))]
  })
  return fill(parent, el('p', { class: 'note' }, summaryOf(rows, map)),
    el('div', { class: 'map' }, drawn))
}
