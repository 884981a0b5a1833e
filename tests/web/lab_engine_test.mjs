// The engine of the lab makes the runs that the program makes.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { inflate, startEngine } from '../../reports/web/lab_engine.js'
import { file, indoubt, library } from './support.mjs'

/** The data of a lab that was made of these words. */
function labData(...words) {
  const path = file('')
  indoubt('lab', ...words, '-o', path)
  const html = readFileSync(path, 'utf8')
  return JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)[1])
}

const engine = Uint8Array.from(atob(labData().engine), letter => letter.charCodeAt(0))
const answer = await startEngine(await inflate(engine))
const ask = question => JSON.parse(answer(JSON.stringify(question)))

/** What the program says of a scenario, were it not what the scenario expects of many seeds. */
function runOf(text) {
  try {
    return JSON.parse(indoubt('run', file(text, '.json'), '--format', 'json'))
  } catch (problem) {
    return JSON.parse(problem.stdout)
  }
}

/** Every so many of the library's scenarios, and all of some folders. */
function someScenarios() {
  const files = readdirSync(library, { recursive: true })
    .filter(name => name.endsWith('.json') && !name.startsWith('profiles'))
  return files.filter((name, i) => /^(small|lessons)/.test(name) || i % 4 === 0)
    .map(name => join(library, name))
}

test('its runs have the digests of the program', () => {
  let compared = 0
  for (const path of someScenarios()) {
    const cell = 1 + compared % 2
    let text
    try {
      text = labData(path, '--seed', '5', '--cell', String(cell)).scenario
    } catch { // it has one cell alone
      text = labData(path, '--seed', '5').scenario
    }
    const ours = ask({ do: 'run', scenario: text })
    assert.ok(ours.digest, `${path}: ${JSON.stringify(ours).slice(0, 300)}`)
    const theirs = runOf(text)
    assert.equal(ours.digest, theirs.cells[0].digest, path)
    compared++
  }
  assert.ok(compared >= 40, `${compared} scenarios`)
})

test('it tells what is wrong with a scenario as the program does', () => {
  const { diagnostics } = ask({ do: 'read', scenario: '{ "formt": 1 }' })
  assert.ok(diagnostics.some(one => one.line === 1 && one.column === 3 && one.help === 'format'),
    JSON.stringify(diagnostics))
})

test('it goes on after what it could not answer', () => {
  assert.ok(ask({ do: 'run', scenario: '{', seed: 'x' }).diagnostics)
  assert.ok(ask({ do: 'no such thing' }).error)
  assert.ok(ask({ do: 'run', scenario: labData().start, cell: 7 }).error)
  assert.ok(ask({ do: 'run', scenario: labData().start }).digest)
})

test('a slice of a search is short, and the search finds what the program finds', () => {
  const set = ask({ do: 'set', scenario: labData().start, path: ['protocol'],
    value: { name: 'reservation', variant: 'as-published' } })
  let slices = 0
  let position = null
  let found = null
  while (!found && slices < 200) {
    const slice = ask({ do: 'find', scenario: set.scenario, property: 'no-leak', position })
    ;({ position, found } = slice)
    slices++
  }
  assert.equal(found.faults, 1)
  assert.equal(runOf(found.scenario).cells[0].properties['no-leak'].verdict, 'violated')
})
