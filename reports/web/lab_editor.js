import { el, fill } from './dom.js'
import { completionsAt, tokensOf } from './lab_text.js'

// The scenario as text: a text area that is typed into, and behind it the same text in colours,
// with what is wrong underlined and told at the end of its line.

/** The characters of a line, as the program counts its columns. */
const charactersOf = line => [...line]

/** A piece of a line, in as many elements as it has parts that look different. */
function inkedLine(text, begin, tokens, problems, isNew) {
  const line = el('span', { class: isNew ? 'editor-line new' : 'editor-line' })
  const characters = charactersOf(text)
  const cuts = new Set([0, text.length])
  const places = problems.map(problem => {
    const from = characters.slice(0, problem.column - 1).join('').length
    const to = characters.slice(0, problem.column - 1 + problem.width).join('').length
    return { from, to: Math.max(to, from + 1), severity: problem.severity }
  })
  const parts = tokens.map(token => ({
    type: token.type, from: Math.max(token.begin - begin, 0),
    to: Math.min(token.end - begin, text.length) }))
  for (const { from, to } of [...parts, ...places]) {
    if (from > 0 && from < text.length) cuts.add(from)
    if (to > 0 && to < text.length) cuts.add(to)
  }
  const sorted = [...cuts].sort((a, b) => a - b)
  for (let i = 0; i + 1 < sorted.length; i++) {
    const holds = part => part.from <= sorted[i] && part.to > sorted[i]
    const classes = [parts.find(holds)?.type, places.find(holds)?.severity].filter(Boolean)
    const piece = text.slice(sorted[i], sorted[i + 1])
    const names = classes.map(name => `ink-${name}`).join(' ')
    line.append(names ? el('span', { class: names }, piece) : piece)
  }
  for (const problem of problems.slice(0, 1)) {
    line.append(el('span', { class: `line-problem ${problem.severity}` }, problem.message))
  }
  line.append('\n')
  return line
}

/**
 * Makes the editor in an element. `onedit(text)` is called for each change that is typed; `known`
 * gives what the program knows (its schema and families) once it has said so.
 */
export function makeEditor(parent, { onedit, known }) {
  const ink = el('pre', { class: 'editor-ink', 'aria-hidden': 'true' })
  const area = el('textarea', { class: 'editor-area', spellcheck: 'false', autocapitalize: 'off',
    autocomplete: 'off', wrap: 'off', 'aria-label': 'Scenario', 'aria-haspopup': 'listbox' })
  const list = el('ul', { class: 'editor-completions', role: 'listbox', id: 'completions',
    'aria-label': 'What could stand here', hidden: true })
  const sheet = el('div', { class: 'editor-sheet' }, ink, area, list)
  const told = el('div', { class: 'editor-problems', 'aria-live': 'polite' })
  fill(parent, el('div', { class: 'editor' }, sheet), told)
  let problems = []
  let news = null
  let offered = null
  let chosen = 0

  function paint() {
    const tokens = tokensOf(area.value)
    let begin = 0
    let first = 0
    const lines = area.value.split('\n').map((text, i) => {
      const end = begin + text.length
      while (first < tokens.length && tokens[first].end <= begin) first++
      const own = []
      for (let k = first; k < tokens.length && tokens[k].begin < end; k++) own.push(tokens[k])
      const line = inkedLine(text, begin, own, problems.filter(one => one.line === i + 1),
        news && i + 1 >= news.first && i + 1 <= news.last)
      begin = end + 1
      return line
    })
    fill(ink, lines)
  }

  /** Puts the cursor where a problem is. */
  function goTo(problem) {
    const lines = area.value.split('\n')
    const before = lines.slice(0, problem.line - 1).join('\n').length + (problem.line > 1 ? 1 : 0)
    const from = before + charactersOf(lines[problem.line - 1]).slice(0, problem.column - 1)
      .join('').length
    area.focus()
    area.setSelectionRange(from, from + problem.width)
  }

  function tell() {
    fill(told, problems.map(problem => el('p', { class: `problem ${problem.severity}` },
      el('button', { type: 'button', class: 'link', onclick: () => goTo(problem) },
        `${problem.line}:${problem.column}`),
      ` ${problem.severity}: ${problem.message}`,
      problem.help && el('span', {}, '; did you mean ', el('b', {}, problem.help), '?'))))
  }

  function replace(begin, end, text) {
    area.setRangeText(text, begin, end, 'end')
    changed()
  }

  function changed() {
    news = null
    paint()
    onedit(area.value)
  }

  function close() {
    offered = null
    list.hidden = true
    area.removeAttribute('aria-activedescendant')
  }

  function take(option) {
    const { begin, end, isKey } = offered
    const rest = area.value.slice(end)
    const needsColon = isKey && !/^\s*:/.test(rest)
    close()
    replace(begin, end, option.insert + (needsColon ? ': ' : ''))
    area.focus()
  }

  function offer() {
    const { schema, families } = known() ?? {}
    offered = schema ? completionsAt(area.value, area.selectionStart, schema, families) : null
    if (!offered) return close()
    chosen = 0
    const before = area.value.slice(0, offered.begin)
    const row = before.split('\n').length
    const column = before.length - before.lastIndexOf('\n') - 1
    list.style.top = `calc(${row} * var(--editor-row) + 8px)`
    list.style.left = `calc(${column}ch + var(--editor-margin))`
    show()
  }

  function show() {
    fill(list, offered.options.slice(0, 40).map((option, i) =>
      el('li', { role: 'option', id: `completion-${i}`, 'aria-selected': String(i === chosen),
        onmousedown: event => { event.preventDefault(); take(option) } },
      el('b', {}, option.text), option.doc ? ` ${option.doc}` : '')))
    list.hidden = false
    area.setAttribute('aria-activedescendant', `completion-${chosen}`)
    const option = list.children[chosen]
    const isAbove = option.offsetTop < list.scrollTop
    const isBelow = option.offsetTop + option.offsetHeight > list.scrollTop + list.clientHeight
    if (isAbove || isBelow) list.scrollTop = option.offsetTop
  }

  function move(by) {
    const count = Math.min(offered.options.length, 40)
    chosen = (chosen + by + count) % count
    show()
  }

  const keysOfList = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Escape: close,
    Enter: () => take(offered.options[chosen]), Tab: () => take(offered.options[chosen]) }
  area.addEventListener('keydown', event => {
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault()
      offer()
    } else if (offered && keysOfList[event.key]) {
      event.preventDefault()
      event.stopPropagation()
      keysOfList[event.key]()
    }
  })
  area.addEventListener('input', event => {
    changed()
    if (offered || event.data === '"') offer()
  })
  area.addEventListener('blur', close)
  area.addEventListener('click', close)

  return {
    /** Shows another text, with the lines that are new in it, if any. */
    show(text, lines = null) {
      news = lines
      if (text !== area.value) area.value = text
      paint()
      const first = ink.querySelector('.new')
      const box = sheet.parentElement
      if (first) box.scrollTop = Math.max(0, first.offsetTop - box.clientHeight / 3)
    },
    /** Shows what is wrong with it. */
    showProblems(list) {
      problems = list
      paint()
      tell()
    },
    text: () => area.value,
  }
}
