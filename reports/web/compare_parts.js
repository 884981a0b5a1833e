import { el, verdictMark } from './dom.js'
import { ideaColour, rows } from './compare_data.js'
import { choose } from './compare_view.js'

// Pieces that several parts of the page are made of.

/** A part of the page with a heading; `id` is where links of the bar lead. */
export function part(id, ...children) {
  return el('section', { id }, ...children)
}

/** Buttons of which one is pressed: [[value, words], ...]. */
export function switchOf(label, items, chosen, onchoose) {
  const buttons = items.map(([value, words]) =>
    el('button',
      { type: 'button', class: 'button', 'aria-pressed': String(value === chosen),
        onclick: () => onchoose(value) },
      words)
  )
  return el('div', { class: 'switch', role: 'group', 'aria-label': label }, ...buttons)
}

/** A list to choose from: [[value, words], ...]. */
export function selectOf(label, items, chosen, onchoose) {
  const options = items.map(([value, words]) =>
    el('option', { value, selected: String(value) === String(chosen) }, words)
  )
  const select = el('select', { 'aria-label': label }, ...options)
  select.addEventListener('change', () => onchoose(select.value))
  return select
}

/** A table: headings and rows of entries; the first entry of a row names it. */
export function tableOf(caption, headings, body, className = 'figures') {
  const head = el('tr', {},
    ...headings.map(heading =>
      heading instanceof Node ? heading : el('th', { scope: 'col' }, heading)
    ))
  return el('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': caption },
    el('table', { class: className }, el('caption', { class: 'for-readers' }, caption),
      el('thead', {}, head), el('tbody', {}, ...body)))
}

/** The name of a row as a table shows it, with the colour of its idea at the side. */
export function rowHeading(row, details = null) {
  const { form, protocol, published, details: own } = rows[row]
  const text =
    details ??
    own.map(([name, value]) => (value === 'true' ? name : `${name}=${value}`)).join(' ')
  const name =
    published === 1
      ? [
          el('b', { class: 'published' }, protocol),
          el('span', { class: 'published' }, ' as published')
        ]
      : [el('b', {}, form)]
  const rest = text === '' ? null : el('span', { class: 'details' }, ` ${text}`)
  return el('th', { scope: 'row', style: `--idea:${ideaColour(row)}` }, ...name, rest)
}

/** A sentence of the program: its sign, and its pieces. */
export function sentenceOf({ sign, pieces }) {
  const words = pieces.map(([kind, text]) => {
    if (kind === 'topic' || kind === 'name') return el('b', {}, text)
    return kind === 'detail' ? el('span', { class: 'details' }, text) : text
  })
  const mark = sign === 'n/a' ? null : verdictMark(sign)
  return el('p', {}, mark, ...words)
}

/** Chooses a cell and its question. */
export const chooseCell = (row, ofClass, question) =>
  choose({ cell: `${row}/${ofClass}/${question}`, over: String(row) })

/** A part that is folded on narrow screens. */
export function folded(words, ...children) {
  return el('details', {}, el('summary', {}, words), ...children)
}
