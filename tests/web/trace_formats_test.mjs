// Runs in the formats of other tools, read as those tools read them.
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { indoubt, library, open, root } from './support.mjs'

const folder = join(library, 'food-delivery')
const files = readdirSync(folder).filter(name => name.endsWith('.json'))
  .map(name => join(folder, name))

const trace = (file, form, ...words) => indoubt('trace', file, '--as', form, ...words)

/** Each run of a log, with its events: as ShiViz does it, by the expressions of the first lines. */
function readShiviz(text) {
  const [expression, delimiter, ...lines] = text.split('\n')
  const log = lines.join('\n')
  const parts = delimiter ? log.split(new RegExp(delimiter, 'm')).slice(1) : [log]
  // Between two logs stands the name of the second, which the expression captures.
  const logs = delimiter ? parts.filter((part, i) => i % 2 === 1) : parts
  return logs.map(part => {
    const pattern = new RegExp(expression, 'gm')
    const found = [...part.matchAll(pattern)]
    const events = found.map(match => match.groups)
    const read = found.reduce((sum, match) => sum + match[0].length + 1, 0)
    assert.equal(read, part.trim() === '' ? 0 : part.replace(/^\n/, '').length,
      'the expression reads all of the log')
    return events.map(event => ({ ...event, clock: JSON.parse(event.clock) }))
  })
}

/** Own entries count up by one, and nobody knows more of another than has happened there. */
function checkClocks(events) {
  const happened = {}
  const known = {}
  for (const { host, clock, event } of events) {
    assert.doesNotMatch(host, /\s/)
    happened[host] = (happened[host] ?? 0) + 1
    assert.equal(clock[host], happened[host], event)
    for (const [other, count] of Object.entries(clock)) {
      assert.ok(count <= happened[other], `${host} knows of ${count} events of ${other}`)
      assert.ok(count >= (known[host]?.[other] ?? 0), `${host} forgets about ${other}`)
    }
    for (const other of Object.keys(known[host] ?? {})) assert.ok(other in clock)
    known[host] = clock
  }
}

test('ShiViz: its default expression reads every run, and the clocks are right', () => {
  for (const file of files) {
    const [events] = readShiviz(trace(file, 'shiviz'))
    assert.ok(events.length > 10, file)
    checkClocks(events)
  }
})

test('ShiViz: who gets a message knows what its sender knew', () => {
  const text = trace(join(folder, 'good-day.json'), 'shiviz', '--order', '1')
  const [events] = readShiviz(text)
  const sent = events.find(one => one.event.includes('sends place_order to'))
  const got = events.find(one => one.event.includes('gets place_order from'))
  assert.equal(got.clock[sent.host], sent.clock[sent.host])
})

test('ShiViz: two runs are told apart', () => {
  const file = join(folder, 'published-sample-leaks.json')
  const runs = readShiviz(trace(file, 'shiviz', '--beside', '2'))
  assert.equal(runs.length, 2)
  runs.forEach(checkClocks)
})

/** Slices of one thread nest: each is within that in which it begins, or begins after its end. */
function checkNesting(events) {
  const threads = new Map()
  for (const event of events.filter(one => one.ph === 'X')) {
    const key = `${event.pid}/${event.tid}`
    threads.set(key, [...(threads.get(key) ?? []), event])
  }
  for (const slices of threads.values()) {
    const open = []
    for (const slice of slices.sort((one, other) => one.ts - other.ts || other.dur - one.dur)) {
      while (open.length && open.at(-1).ts + open.at(-1).dur <= slice.ts + 1e-6) open.pop()
      const end = slice.ts + slice.dur
      assert.ok(!open.length || end <= open.at(-1).ts + open.at(-1).dur + 1e-6, slice.name)
      open.push(slice)
    }
  }
  return threads
}

/** Each flow begins and ends within a slice, and ends after it begins. */
function checkFlows(events, threads) {
  const within = event => threads.get(`${event.pid}/${event.tid}`)
    ?.some(slice => slice.ts <= event.ts && event.ts <= slice.ts + slice.dur)
  const begins = new Map(events.filter(one => one.ph === 's').map(one => [one.id, one]))
  const ends = events.filter(one => one.ph === 'f')
  assert.ok(ends.length > 0)
  assert.equal(ends.length, begins.size)
  for (const end of ends) {
    const begin = begins.get(end.id)
    assert.ok(begin && begin.ts <= end.ts && begin.name === end.name)
    assert.ok(within(begin) && within(end), `a slice at ${end.ts}`)
  }
}

test('Perfetto: slices nest, flows lie in slices, pairs have two ends', () => {
  for (const file of files) {
    const { displayTimeUnit, traceEvents } = JSON.parse(trace(file, 'perfetto'))
    assert.equal(displayTimeUnit, 'ns')
    for (const event of traceEvents) {
      assert.ok(['M', 'X', 's', 'f', 'b', 'e', 'i'].includes(event.ph))
      assert.ok(Number.isFinite(event.ts) && event.ts >= 0 && Number.isInteger(event.pid))
    }
    const threads = checkNesting(traceEvents)
    checkFlows(traceEvents, threads)
    const pairs = new Map()
    for (const event of traceEvents.filter(one => one.ph === 'b' || one.ph === 'e')) {
      pairs.set(event.id, [...(pairs.get(event.id) ?? []), event])
    }
    for (const [begin, end, ...more] of pairs.values()) {
      assert.deepEqual([begin.ph, end.ph, more.length], ['b', 'e', 0])
      assert.ok(begin.ts <= end.ts)
    }
  }
})

// The part of Mermaid's grammar that is written, more strictly than Mermaid takes it: what means
// something to it may only stand where it does.
const word = 'n\\d+'
const label = '(?:[^;#<>%\\n]|#\\d+;)+'
const mermaidLines = [
  new RegExp(`^  participant ${word} as ${label}$`),
  new RegExp(`^  ${word}(->>|-x)${word}: ${label}$`),
  new RegExp(`^  Note over ${word}(,${word})?: ${label}$`)
]

test('Mermaid: every line is of its grammar, and names who was declared', () => {
  for (const file of files) {
    const lines = trace(file, 'mermaid').trimEnd().split('\n')
    assert.match(lines[0], /^%% /)
    assert.equal(lines[1], 'sequenceDiagram')
    const declared = new Set()
    let arrows = 0
    for (const line of lines.slice(2)) {
      assert.ok(mermaidLines.some(pattern => pattern.test(line)), line)
      const [name] = /\bn\d+/.exec(line)
      if (line.startsWith('  participant')) declared.add(name)
      else assert.ok(declared.has(name), line)
      if (/->>|-x/.test(line)) ++arrows
    }
    assert.ok(arrows > 0 && arrows <= 64, `${arrows} arrows in ${file}`)
  }
})

test('Mermaid draws each of them, with every arrow', async () => {
  const mermaid = join(root, 'tests', 'web', 'node_modules', 'mermaid', 'dist', 'mermaid.min.js')
  const page = await open('<!doctype html><title>Mermaid</title><body></body>')
  await page.addScriptTag({ content: readFileSync(mermaid, 'utf8') })
  for (const file of files) {
    const text = trace(file, 'mermaid')
    const drawn = await page.evaluate(async text => {
      globalThis.mermaid.initialize({ startOnLoad: false })
      const { svg } = await globalThis.mermaid.render('drawing', text)
      const drawing = new DOMParser().parseFromString(svg, 'text/html')
      return drawing.querySelectorAll('.messageText').length
    }, text)
    assert.equal(drawn, text.match(/->>|-x/g).length, file)
  }
  assert.deepEqual(page.complaints, [])
})

test('JSON: all that is referred to is there, and times are integers', () => {
  for (const file of files) {
    const run = JSON.parse(trace(file, 'json'))
    const within = (list, index) => index == null || (index >= 0 && index < list.length)
    for (const step of run.steps) {
      assert.ok(Number.isInteger(step.at) && within(run.nodes, step.node))
      assert.ok(within(run.messages, step.message) && within(run.steps, step.cause))
      assert.ok(within(run.forces, step.force) && within(run.faults, step.fault))
      if (step.alike != null) assert.ok(step.alike < run.steps.length)
      for (const effect of step.effects) {
        assert.ok(within(run.messages, effect.message) && within(run.steps, effect.asked_by))
        if (effect.does === 'send') assert.equal(run.messages[effect.message].kind, effect.name)
      }
    }
    for (const message of run.messages) {
      assert.ok(within(run.steps, message.sent_by) && within(run.steps, message.handled_by))
      assert.equal(message.handled_by != null, message.end === 'handled')
    }
    for (const span of run.spans) {
      assert.ok(within(run.steps, span.begun_by) && within(run.steps, span.ended_by))
    }
    for (const verdict of run.verdicts) assert.ok(within(run.steps, verdict.step))
    const asked = run.messages.filter((message) => message.kind === 'place_order')
    assert.equal(run.orders.length, new Set(asked.map((message) => message.order)).size)
    assert.ok(run.orders.length <= run.order_count)
  }
})

test('JSON: a run and many runs have the same words for what became of orders', () => {
  const file = join(folder, 'published-sample-leaks.json')
  const one = JSON.parse(trace(file, 'json', '--cell', '1', '--seed', '1'))
  const all = JSON.parse(indoubt('run', file, '--runs', '3', '--format', 'json', '--outcomes'))
  assert.deepEqual(all.cells[0].orders_by_run[0], { seed: 1, orders: one.orders })
  assert.equal(all.cells[0].orders_by_run.length, 3)
})
