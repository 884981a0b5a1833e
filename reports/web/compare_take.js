import { commandBox, el, fill, verdictMark } from './dom.js'
import { answerAt, cellAt, classes, compared, ideas, propertyFigure } from './compare_data.js'
import { rowName, rows, traceCommand, weightOf, worstOf } from './compare_data.js'
import { choose, onView, shownClasses, shownGroups, view } from './compare_view.js'
import { chooseCell, part, rowHeading, selectOf, sentenceOf, switchOf } from './compare_parts.js'
import { tableOf } from './compare_parts.js'
import { figuresPart } from './compare_figures.js'
import { findingOf } from './compare_findings.js'
import { settingsFold } from './compare_made.js'

// The first screen: what to take.

function answersPart() {
  const one = ({ title, definition, properties, answer }) =>
    el('article', {}, el('h2', {}, title),
      el('p', { class: 'definition' }, definition, ' ',
        el('span', { class: 'quiet' }, `(${properties.join(', ')})`)),
      ...answer.map(sentenceOf))
  return el('div', { class: 'answers' }, ...compared.questions.map(one))
}

function filters() {
  const host = el('div', { class: 'filters', role: 'group', 'aria-label': 'Filters' })
  const protocols = [...new Set(rows.map(row => row.protocol))]
  const hasSamples = rows.some(row => row.published === 1)
  const hidden = () => new Set(view.hidden.split(',').filter(Boolean))
  const toggle = i => {
    const next = hidden()
    next.has(String(i)) ? next.delete(String(i)) : next.add(String(i))
    choose({ hidden: next.size === classes.length ? '' : [...next].sort().join(',') })
  }
  const classButtons = () =>
    el('div', { class: 'switch', role: 'group', 'aria-label': 'Classes' },
      ...classes.map(({ heading, description }, i) =>
        el('button',
          { type: 'button', class: 'button', title: description, onclick: () => toggle(i),
            'aria-pressed': String(!hidden().has(String(i))) },
          heading)
      ))
  onView(() =>
    fill(host,
      ideas.length > 1 &&
        switchOf('Ideas', [['all', 'all'], ...ideas.map(idea => [idea, idea])], view.idea, idea =>
          choose({ idea, protocol: 'all' })
        ),
      hasSamples &&
        switchOf('Forms',
          [['all', 'both'], ['hardened', 'hardened'], ['published', 'as published']], view.form,
          form => choose({ form })),
      protocols.length > 1 &&
        selectOf('Protocol', [['all', 'every protocol'], ...protocols.map(name => [name, name])],
          view.protocol, protocol => choose({ protocol })),
      classes.length > 1 && classButtons(),
      el('button',
        { type: 'button', class: 'button', 'aria-pressed': String(view.every !== ''),
          onclick: () => choose({ every: view.every === '' ? '1' : '' }) },
        `every variant (${rows.length})`))
  )
  return host
}

/** How many runs: a hairline under the glyph. */
function shareLine({ runs, judged }) {
  if (runs === 0) return null
  const width = Math.max(2, (19 * runs) / judged)
  return el('u', {}, el('b', { style: `width:${width.toFixed(1)}px` }))
}

function matrixCell(group, ofClass, question) {
  const answer = worstOf(group, ofClass, question.id)
  const row = group.find(one => answerAt(one, ofClass, question.id) === answer) ?? group[0]
  if (cellAt(row, ofClass) == null) return el('td', {}, el('span', { class: 'quiet' }, 'not run'))
  const words =
    answer.runs === 0
      ? answer.verdict
      : `${answer.verdict} in ${answer.runs} of ${answer.judged} runs`
  const label = `${rowName(row)}, ${classes[ofClass].heading}, ${question.title} ${words}`
  const at = `${row}/${ofClass}/${question.id}`
  return el('td', {},
    el('button',
      { type: 'button', title: words, 'aria-label': label,
        'aria-pressed': String(view.cell === at), 'data-at': at,
        onclick: () => chooseCell(row, ofClass, question.id) },
      verdictMark(answer.verdict), shareLine(answer)))
}

const gapCell = () => el('td', { class: 'gap' })

/** Something for each question, with gaps between. */
const eachQuestion = make =>
  compared.questions.flatMap((question, i) =>
    i === 0 ? make(question) : [gapCell(), ...make(question)]
  )

function matrixHead(ofClasses) {
  const titles = eachQuestion(({ title }) => [
    el('th', { class: 'question', colspan: ofClasses.length, scope: 'colgroup' }, title)])
  const names = eachQuestion(() =>
    ofClasses.map(i =>
      el('th', { class: 'class', scope: 'col', title: classes[i].description },
        el('span', {}, classes[i].heading))
    )
  )
  return el('thead', {}, el('tr', {}, el('td', {}), ...titles),
    el('tr', {}, el('td', {}), ...names))
}

function matrixTable() {
  const ofClasses = shownClasses()
  let idea = null
  const body = shownGroups().map(({ rows: group, details }) => {
    const isFirst = rows[group[0]].idea !== idea
    idea = rows[group[0]].idea
    const cells = eachQuestion(question => ofClasses.map(i => matrixCell(group, i, question)))
    const heading = rowHeading(group[0], details)
    heading.title = group.map(rowName).join('\n')
    return el('tr', { class: isFirst ? 'first' : null }, heading, ...cells)
  })
  return el('table', { class: 'matrix', id: 'matrix' },
    el('caption', { class: 'for-readers' },
      'The worst verdict of each protocol in each class of fault, for three questions'),
    matrixHead(ofClasses), el('tbody', {}, ...body))
}

/** Arrows walk from cell to cell. */
function walk(event) {
  const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[
    event.key]
  const button = event.target.closest('button')
  if (!step || !button) return
  event.preventDefault()
  const line = button.closest('tr')
  const place = [...line.querySelectorAll('button')].indexOf(button) + step[1]
  const next =
    step[0] > 0 ? line.nextElementSibling : step[0] < 0 ? line.previousElementSibling : line
  next?.querySelectorAll('button')[place]?.focus()
}

function outcomeBar({ placed, not_placed: notPlaced, unknown }) {
  const all = Math.max(1, placed + notPlaced + unknown)
  const piece = (count, kind) => el('i', { class: kind, style: `width:${(100 * count) / all}%` })
  const words =
    `${placed.toLocaleString('en')} orders placed, ` +
    `${notPlaced.toLocaleString('en')} not placed, ` +
    `${unknown.toLocaleString('en')} without an answer`
  return [el('div', { class: 'outcome-bar', 'aria-hidden': 'true' }, piece(placed, 'placed'),
      piece(notPlaced, 'not-placed'), piece(unknown, 'unanswered')),
    el('p', { class: 'note' }, words)]
}

function propertiesTable(cell, question) {
  const pool = compared.questions.find(({ id }) => id === question).properties
  const found = Object.entries(cell.properties).filter(([, { verdict }]) => verdict !== 'n/a')
  found.sort(([one, a], [other, b]) =>
      weightOf(b) - weightOf(a) || pool.includes(other) - pool.includes(one))
  return el('table', { class: 'properties' },
    ...found.map(([name, one]) =>
      el('tr', { title: compared.properties[name] }, el('td', {}, verdictMark(one.verdict, name)),
        el('td', { class: 'number' }, propertyFigure(one)))
    ))
}

/** The first run that breaks what was asked, or anything; null if none does. */
function brokenProperty(cell, question) {
  const pool = compared.questions.find(({ id }) => id === question).properties
  const broken = Object.keys(cell.properties).filter(
    name => cell.properties[name].verdict === 'violated')
  return broken.find(name => pool.includes(name)) ?? broken[0] ?? null
}

function cellPanel() {
  const [row, ofClass, question] = view.cell.split('/')
  const cell = cellAt(+row, +ofClass)
  if (!cell) return []
  const { heading, description } = classes[ofClass]
  const group = shownGroups().find(({ rows: members }) => members.includes(+row))?.rows ?? [+row]
  const broken = brokenProperty(cell, question)
  const first = broken && cell.properties[broken]
  const finding = findingOf(group, +ofClass)
  const close = el('button', { type: 'button', class: 'button close',
    onclick: () => choose({ cell: '' }) }, 'close')
  return [close, el('h3', {}, rowName(+row)),
    el('p', { class: 'note' }, el('b', {}, heading), `: ${description}`),
    group.length > 1 &&
      el('p', { class: 'note' }, `One of ${group.length} variants with these verdicts.`),
    ...outcomeBar(cell.outcomes), propertiesTable(cell, question),
    first &&
      el('p', { class: 'broken' }, `Seed ${first.first_seed}, ${broken}: ${first.reason}.`),
    first && commandBox(traceCommand(+ofClass, cell, first.first_seed)),
    finding != null &&
      el('p', {},
        el('a',
          { href: '#why', class: 'to-finding', onclick: event => {
              event.preventDefault()
              choose({ finding: String(finding) })
              document.getElementById('why').scrollIntoView()
            } },
          'See the smallest run that shows it'))]
}

function verdictsPart() {
  const table = el('div', { class: 'wide matrix-host' })
  const panel = el('aside', { class: 'card', 'aria-live': 'polite',
    'aria-label': 'The chosen cell' })
  const count = el('p', { class: 'note' })
  table.addEventListener('keydown', walk)
  onView(() => {
    const focused = document.activeElement?.dataset?.at
    fill(table, matrixTable())
    if (focused) table.querySelector(`[data-at="${focused}"]`)?.focus()
    fill(panel, ...cellPanel())
    panel.hidden = view.cell === ''
    fill(count,
      `${shownGroups().length} rows of ${rows.length} variants: those of one protocol ` +
        'that no class tells apart share one. ✓ in none of the runs; the line under ✗ is the ' +
        'share of runs. ◐ owed: a node that is down for good would put it right. ' +
        '? not judged. – cannot be violated. Press a cell to see its runs.')
  })
  return [el('div', { class: 'verdicts' }, el('div', {}, table, count), panel)]
}

function portraitsPart() {
  const host = el('div', { class: 'portraits' })
  onView(() =>
    fill(host,
      ...compared.protocols
        .filter(({ protocol, idea }) =>
            (view.idea === 'all' || view.idea === idea) &&
            (view.protocol === 'all' || view.protocol === protocol))
        .map(({ protocol, sentences }) =>
          el('article', { style: `--idea:${rowColour(protocol)}` }, el('h3', {}, protocol),
            ...sentences.map(sentenceOf))
        ))
  )
  return [el('h2', {}, 'Each protocol in a few words'),
    el('p', { class: 'note' }, 'Made from the results on this page, the hardened form first.'),
    host]
}

const rowColour = protocol =>
  rowHeading(rows.findIndex(row => row.protocol === protocol)).style.getPropertyValue('--idea')

/** The cell that is shown at first: the worst of the first question. */
export function chooseFirstCell() {
  if (view.cell !== '' || innerWidth < 1200) return // then it would cover the table
  for (const { id } of compared.questions) {
    for (const row of rows.keys()) {
      const ofClass = classes.findIndex((_, i) => answerAt(row, i, id).verdict === 'violated')
      if (ofClass >= 0) {
        view.cell = `${row}/${ofClass}/${id}`
        return
      }
    }
  }
}

export function takePart() {
  const question = 'Which protocol keeps an order whole, and what do faults do to it?'
  return part('take', el('h1', {}, question), el('p', { class: 'lead' }, compared.lead),
    compared.complete
      ? null
      : el('p', { class: 'warning' }, 'Partial: not everything that was asked for was run.'),
    settingsFold(), answersPart(), filters(), ...verdictsPart(), ...portraitsPart(), figuresPart())
}
