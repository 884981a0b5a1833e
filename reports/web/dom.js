// The few helpers that all pages make their elements with. Text is set as text, never as markup.

const svgNamespace = 'http://www.w3.org/2000/svg'

/** Sets attributes; `on...` are listeners, false and null are left out, true is an empty one. */
function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value == null || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else element.setAttribute(name, value === true ? '' : value)
  }
}

/** Puts children in; null and false are left out, and lists are taken apart. */
function addChildren(element, children) {
  element.append(...children.flat(2).filter(child => child != null && child !== false))
}

/** An element of the page: el('p', { class: 'note' }, 'text', another). */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  setAttributes(element, attributes)
  addChildren(element, children)
  return element
}

/** The same for a drawing. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(svgNamespace, tag)
  setAttributes(element, attributes)
  addChildren(element, children)
  return element
}

/** Puts these into an element, in place of what it has. */
export function fill(element, ...children) {
  element.replaceChildren()
  addChildren(element, children)
  return element
}

/** The data that the program put into the page. */
export function pageData() {
  return JSON.parse(document.getElementById('data').textContent)
}

/** "1 step", "3 steps". */
export function countOf(number, noun) {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
}

/** Nanoseconds as seconds to the millisecond below, as the program writes them: "5.013". */
export function seconds(ns) {
  const milliseconds = Math.trunc(ns / 1e6)
  const digits = String(Math.abs(milliseconds)).padStart(4, '0')
  return `${milliseconds < 0 ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`
}

const verdictGlyphs = { violated: '✗', owed: '◐', unknown: '?', holds: '✓', 'n/a': '–' }

/** A verdict and what it is about: the glyph in its colour, then the words. */
export function verdictMark(verdict, ...words) {
  const kind = verdict === 'n/a' ? 'not-applicable' : verdict
  const glyph = el('i', { 'aria-hidden': 'true' }, verdictGlyphs[verdict])
  const name = el('span', { class: 'for-readers' }, `${verdict}: `)
  return el('span', { class: `verdict ${kind}` }, glyph, el('span', {}, name, ...words))
}

/** A command in a box, with a button that copies it. */
export function commandBox(text) {
  const copied = () => {
    button.textContent = 'copied'
    setTimeout(() => { button.textContent = 'copy' }, 1200)
  }
  const onclick = () => navigator.clipboard?.writeText(text).then(copied)
  const button = el('button', { type: 'button', onclick }, 'copy')
  return el('div', { class: 'command' }, el('code', { tabindex: 0 }, text), button)
}
