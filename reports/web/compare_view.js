import { compared, classes, rows } from './compare_data.js'

// What of the comparison is shown. It stands in the fragment of the address, so that a link shows
// the same.

const viewDefaults = { idea: 'all', form: 'all', protocol: 'all', hidden: '', every: '', cell: '',
  property: 'worst', sort: '', finding: '0', one: '', other: '', question: 'atomic', over: '' }

/** The choices, as text. */
export const view = { ...viewDefaults }
const viewListeners = []

/** Calls this now and whenever a choice changes. */
export function onView(show) {
  viewListeners.push(show)
  show()
}

/** The name of the group of buttons that an element is in. */
const groupOf = element => element.closest('[aria-label]')?.getAttribute('aria-label')

/** Whoever chooses by keyboard stays where they are, though the button is another one now. */
function keepFocus(was) {
  if (!was || was.isConnected) return
  const same = [...document.querySelectorAll('button, select')].find(element =>
    groupOf(element) === groupOf(was) && element.tagName === was.tagName &&
    (element.tagName === 'SELECT' || element.textContent === was.textContent))
  same?.focus()
}

/** Makes choices and shows what they choose. */
export function choose(choices) {
  const focused = document.activeElement
  Object.assign(view, choices)
  writeFragment()
  for (const show of viewListeners) show()
  keepFocus(focused)
}

function writeFragment() {
  const chosen = Object.entries(view).filter(([name, value]) => value !== viewDefaults[name])
  const text = new URLSearchParams(chosen).toString()
  history.replaceState(null, '', text === '' ? location.pathname : `#${text}`)
}

/** Takes the choices from the address; what it says in vain is left out. */
export function readFragment() {
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    if (name in viewDefaults) view[name] = value
  }
  const [row, ofClass, question] = view.cell.split('/')
  const isThere =
    rows[+row] && classes[+ofClass] && compared.questions.some(known => known.id === question)
  if (!isThere) view.cell = ''
}

/** The classes of fault that are shown, by position. */
export function shownClasses() {
  const hidden = new Set(view.hidden.split(',').filter(Boolean).map(Number))
  const shown = classes.map((_, i) => i).filter(i => !hidden.has(i))
  return shown.length > 0 ? shown : [...classes.keys()]
}

function isShown(row) {
  const { idea, protocol, published } = rows[row]
  return (
    (view.idea === 'all' || view.idea === idea) &&
    (view.protocol === 'all' || view.protocol === protocol) &&
    (view.form === 'all' || (view.form === 'published') === (published === 1))
  )
}

/** The rows that are shown, by position. */
export const shownRows = () => rows.map((_, i) => i).filter(isShown)

/** The same in groups of what no class tells apart: { rows, details }. */
export function shownGroups() {
  if (view.every !== '') return shownRows().map(row => ({ rows: [row], details: null }))
  return compared.groups.filter(group => isShown(group.rows[0]))
}

/** A row for each group, published samples only where they were asked for. */
export function chartRows(most) {
  const first = shownGroups().map(group => group.rows[0])
  const wanted = view.form === 'all' ? first.filter(row => rows[row].published !== 1) : first
  return (wanted.length === 0 ? first : wanted).slice(0, most)
}
