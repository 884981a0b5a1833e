import { Diagram } from './diagram.js'
import { showChoice } from './inspector.js'
import { commandBox, countOf, el, fill } from './dom.js'
import { labLinks } from './links.js'
import { cellAt, classes, compared, rowName, rows, traceCommand } from './compare_data.js'
import { choose, onView, shownClasses, shownRows, view } from './compare_view.js'
import { folded, part } from './compare_parts.js'
import { pairsPart } from './compare_pairs.js'

// What breaks, and how: the smallest run that shows each finding.

const findings = compared.findings ?? []

const rowOfFinding = ({ class: ofClass, cell }) =>
  rows.findIndex(row => row.cells[ofClass] === cell)
const cellOfFinding = finding => classes[finding.class].cells[finding.cell]

/** The position of a finding of these rows in this class, or null. */
export function findingOf(group, ofClass) {
  const at = findings.findIndex(
    finding => finding.class === ofClass && group.includes(rowOfFinding(finding)))
  return at < 0 ? null : at
}

/** Those of the rows, classes and property that are shown, by position. */
function shownFindings() {
  const [inRows, inClasses] = [shownRows(), shownClasses()]
  return [...findings.keys()].filter(i => {
    const { class: ofClass, property } = findings[i]
    return inRows.includes(rowOfFinding(findings[i])) && inClasses.includes(ofClass) &&
      (view.property === 'worst' || view.property === property)
  })
}

function findingButton(finding, i, isChosen) {
  const found = cellOfFinding(finding).properties[finding.property]
  return el('button',
    { type: 'button', 'aria-current': String(isChosen),
      onclick: () => choose({ finding: String(i) }) },
    el('b', {}, rowName(rowOfFinding(finding))), ` ${finding.property}`,
    el('span', {},
      `${classes[finding.class].heading}: ${found.violations} of ${found.checked} runs`))
}

/** "faults 35 to 1, orders 6 to 1". */
function reducedWords({ faults_before: before, faults, orders_before: ordersBefore, orders }) {
  return `${countOf(before, 'fault')} to ${faults}, ${countOf(ordersBefore, 'order')} to ${orders}`
}

function findingPanel(finding) {
  const row = rowOfFinding(finding)
  const cell = cellAt(row, finding.class)
  const words = finding.words.split(finding.reason)
  const command = traceCommand(finding.class, cell, finding.seed)
  return [el('h3', {}, `${rowName(row)}: ${finding.property} violated`),
    el('p', {}, words[0], el('b', { class: 'broken' }, finding.reason),
      words.slice(1).join(finding.reason)),
    el('p', { class: 'note' },
      `Class ${classes[finding.class].heading}; reduced from seed ` +
        `${finding.seed}: ${reducedWords(finding)}.`),
    finding.trace && runStage(finding.trace),
    el('h4', {}, 'The run it was reduced from'), commandBox(command),
    folded('The smallest run as a scenario: save it, and run or trace it',
      el('pre', { tabindex: 0 }, finding.scenario)),
    labLinks(finding.scenario, `${compared.program} lab FILE --seed ${finding.seed} -o lab.html`)]
}

let runDrawn = null

/** The space-time diagram of a run, at the step that breaks it, and what is chosen in it. */
function runStage(trace) {
  const stage = el('div', { class: 'stage' })
  const look = el('div', { class: 'card look', 'aria-live': 'polite' })
  runDrawn?.close()
  runDrawn = null
  const draw = () => {
    const top = scrollY
    runDrawn = new Diagram(stage, trace, {
      onselect: chosen => runDrawn && showChoice(look, runDrawn, chosen)
    })
    runDrawn.toWorst()
    scrollTo(0, top) // the diagram shows what is chosen; the page stays where it is
  }
  requestAnimationFrame(draw) // when its place has a width
  return el('div', { class: 'run-stage' }, stage, look)
}

function leftOutWords() {
  const count = compared.findings_left_out
  if (count === 0) return ''
  return ` ${countOf(count, 'more violation')} of a property in a cell are not reduced here; ` +
    'each cell has the command of its first run.'
}

export function whyPart() {
  const list = el('div', { class: 'finding-list' })
  const panel = el('div', { class: 'finding', 'aria-live': 'polite' })
  let shown
  onView(() => {
    const wanted = shownFindings()
    const chosen = wanted.includes(+view.finding) ? findings[+view.finding] : findings[wanted[0]]
    fill(list, ...wanted.map(i => findingButton(findings[i], i, findings[i] === chosen)))
    if (chosen !== shown) fill(panel, ...(chosen ? findingPanel(chosen) : []))
    shown = chosen
  })
  const note = 'Each is the smallest run that was found to break it still.' + leftOutWords()
  return part('why', el('h2', {}, 'What breaks, and how'),
    el('p', { class: 'note' }, findings.length === 0 ? 'No property was violated.' : note),
    el('div', { class: 'findings' }, el('nav', { 'aria-label': 'Findings' }, list), panel),
    ...pairsPart())
}
