import { commandBox, countOf, el } from './dom.js'
import { cellAt, classes, compared, rows } from './compare_data.js'
import { later } from './compare_later.js'
import { folded, part, rowHeading, tableOf } from './compare_parts.js'

// How it was made: settings, classes of fault, where it came from.

function settingsTable(lines, caption, whose) {
  return tableOf(caption, whose ? ['setting', 'value', 'whose'] : ['setting', 'value'],
    lines.map(line =>
      el('tr', {}, el('th', { scope: 'row' }, line.name), el('td', {}, line.value),
        whose && el('td', {}, line.whose))
    ),
    'figures settings')
}

/** "limits, nodes, network and 14 timeouts and waits": the parts that settings are of. */
function partsOf(lines) {
  const worlds = lines.map(({ name }) => name).filter(name => name.includes('.'))
    .map(name => name.split('.')[0])
  const waits = new Set(lines.map(({ name }) => name).filter(name => !name.includes('.')))
  const parts = [...new Set(worlds)]
  if (waits.size > 0) parts.push(`${waits.size} timeouts and waits`)
  return parts.join(', ')
}

/** What is equal and what is not, in a line that opens; its warnings are always in sight. */
export function settingsFold() {
  const { equal, different, warnings } = compared.settings
  const words =
    `Equal in all cells: seeds${equal.length > 0 ? `, ${partsOf(equal)}` : ''}.` +
    (different.length > 0 ? ` Different, and not the protocol: ${partsOf(different)}` : '')
  return [el('details', { class: 'settings' }, el('summary', {}, words),
      el('p', { class: 'note' }, 'Different:'),
      settingsTable(different, 'Settings that differ', true),
      el('p', { class: 'note' }, 'Equal:'), settingsTable(equal, 'Settings that are equal', false)),
    ...warnings.slice(0, 3).map(warning => el('p', { class: 'warning' }, warning)),
    warnings.length > 3 &&
      folded(`${warnings.length - 3} more about settings`,
        ...warnings.slice(3).map(warning => el('p', { class: 'warning' }, warning)))].flat()
}

function classesList() {
  const one = scenario => [el('dt', {}, scenario.heading),
    el('dd', {}, scenario.description, ' ', el('span', { class: 'quiet' }, scenario.file),
      scenario.faults.length > 0 &&
        folded(`${scenario.faults.length} in words`,
          el('ul', {}, ...scenario.faults.map(words => el('li', {}, words)))),
      folded('its first cell as a scenario', el('pre', { tabindex: 0 }, scenario.resolved)))]
  return el('dl', {}, ...classes.flatMap(one))
}

/** Of a class: what each of its faults met, summed over the cells. */
function rowsOfFaults({ heading, cells }) {
  const met = new Map()
  for (const { faults } of cells) {
    for (const { id, runs, orders, messages } of faults) {
      const sum = met.get(id) ?? { cells: 0, runs: 0, orders: 0, messages: 0 }
      met.set(id, { cells: sum.cells + 1, runs: sum.runs + runs, orders: sum.orders + orders,
        messages: sum.messages + messages })
    }
  }
  const number = value => el('td', { class: 'number' }, value.toLocaleString('en'))
  return [...met].map(([id, sum]) =>
    el('tr', {}, el('th', { scope: 'row' }, heading), el('td', {}, id), number(sum.cells),
      number(sum.runs), number(sum.orders), number(sum.messages))
  )
}

/** What the faults met: one that met nobody has shown nothing. */
export function faultsPart() {
  const body = classes.flatMap(rowsOfFaults)
  if (body.length === 0) return []
  return [el('h2', {}, 'What the faults met'),
    el('p', { class: 'note' },
      'Summed over the cells in which a fault has a place: runs in which ' +
        'it took place, orders under way at its nodes, messages that it stopped, held up, ' +
        'copied or damaged.'),
    folded(countOf(body.length, 'fault'),
      tableOf('What the faults met', ['class', 'fault', 'cells', 'runs', 'orders', 'messages'],
        body))]
}

function seedsWords() {
  const texts = classes.map(({ first_seed: first, runs }) => `${first} to ${first + runs - 1}`)
  const isOne = new Set(texts).size === 1
  return isOne
    ? `${texts[0]}, the same in every cell`
    : classes.map(({ heading }, i) => `${heading}: ${texts[i]}`).join('; ')
}

function digestsTable() {
  const body = rows.map((_, row) =>
    el('tr', {}, rowHeading(row),
      ...classes.map((_, i) => el('td', {}, el('code', {}, cellAt(row, i)?.digest ?? 'not run'))))
  )
  return tableOf('Digests of the cells', ['protocol', ...classes.map(({ heading }) => heading)],
    body)
}

/** A place for something that is made later. */
function filledLater(make) {
  const host = el('div', {})
  later(host, () => host.append(make()))
  return host
}

export function madePart() {
  const facts = [['version', `indoubt ${compared.version}`], ['seeds', seedsWords()],
    ['bounds', '95 %, Wilson, rounded outwards'],
    ['digests', classes.map(({ heading, digest }) => `${heading} ${digest}`).join(', ')]]
  return part('made', el('h2', {}, 'How it was made'),
    commandBox(`${compared.program} ${compared.arguments}`),
    el('div', { class: 'two' }, el('div', {}, el('h3', {}, 'Classes of fault'), classesList()),
      el('div', {}, el('h3', {}, 'Provenance'),
        el('dl', {},
          ...facts.flatMap(([name, words]) => [el('dt', {}, name), el('dd', {}, words)])),
        el('h3', {}, 'The wall clock'),
        el('p', { class: 'note', id: 'wall-clock' }, compared.wall_clock))),
    folded('Digests of all cells', filledLater(digestsTable)))
}
