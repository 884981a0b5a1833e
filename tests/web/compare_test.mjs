// The page that compares protocols, made by the program and by hand.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { file, indoubt, library, looks, makePage, open, overflow, seriousFaults }
  from './support.mjs'

const names = ['none', 'loss', 'partition', 'crash', 'coordinator-lost', 'pause']
const guarantees = names.map(name => join(library, 'guarantees', `${name}.json`))

/** What the program writes; that verdicts are not as expected with so few runs is no matter. */
function compare(files, ...words) {
  const path = file('', '.html')
  try {
    indoubt('compare', ...files, ...words, '--html', path)
  } catch (error) {
    if (error.status !== 3) throw error
  }
  return readFileSync(path, 'utf8')
}

const html = compare(guarantees, '--runs', '30')
const dataOf = text => JSON.parse(/id="data">(.*?)<\/script>/s.exec(text)[1])

/** Waits until what the page makes when it has time is there. */
const settled = page => page.waitForFunction(() => !('busy' in document.documentElement.dataset))

test('the first screen says who breaks what, and opens offline', async () => {
  const page = await open(html)
  assert.deepEqual(page.complaints, [])
  const answers = await page.locator('.answers').innerText()
  const who = /partition: lost by three-phase-commit \(termination=timeout, skeen, textbook\)/
  assert.match(answers, who)
  assert.match(answers, /coordinator-lost: services wait in two-phase-commit/)
  assert.match(answers, /units stay taken in/)
  assert.equal(await page.locator('#matrix tbody tr').count(), dataOf(html).groups.length)
})

// Everything open, of fewer classes: axe-core looks at each cell of each table.
const shorter = compare(guarantees.slice(4), '--runs', '10')
for (const { width, dark, name } of looks) {
  test(`no serious fault at ${name}`, async () => {
    const page = await open(shorter, { width, dark })
    await settled(page)
    await page.locator('details').evaluateAll(all => all.forEach(one => { one.open = true }))
    assert.deepEqual(await seriousFaults(page), [])
    assert.ok(await overflow(page) <= 0, 'the page is wider than its window')
    assert.deepEqual(page.complaints, [])
  })
}

test('it draws its charts, and every one has its numbers in a table', async () => {
  const page = await open(html)
  await settled(page)
  const bundled = await page.evaluate(() => typeof globalThis.Plot !== 'undefined')
  const charts = page.locator('#cost .chart')
  if (bundled) assert.ok(await charts.count() > 5)
  for (let i = 0; i < await charts.count(); ++i) {
    assert.ok(await charts.nth(i).locator('svg').count() > 0)
  }
  assert.ok(await page.locator('#cost table').count() >= 6)
})

test('filters leave rows and columns out, and stand in the address', async () => {
  const page = await open(html)
  await page.getByRole('group', { name: 'Ideas' }).getByText('sagas').click()
  const rows = await page.locator('#matrix tbody th b').allInnerTexts()
  assert.deepEqual([...new Set(rows)].sort(), ['event-sourcing', 'saga'])
  assert.match(page.url(), /#.*idea=sagas/)
  await page.getByRole('group', { name: 'Classes' }).getByText('pause').click()
  assert.equal(await page.locator('#matrix thead th.class').count(), 15)
  const same = await open(html, { hash: new URL(page.url()).hash })
  assert.deepEqual(await same.locator('#matrix tbody th b').allInnerTexts(), rows)
  assert.equal(await same.locator('#matrix thead th.class').count(), 15)
})

test('figures sort by a class, and show one property', async () => {
  const page = await open(html)
  await page.locator('#figures').getByRole('button', { name: 'crash' }).click()
  const first = page.locator('#figures tbody tr').first()
  assert.match(await first.innerText(), /violated/)
  assert.equal(await page.locator('#figures [aria-sort=descending]').innerText(), 'crash')
  await page.locator('#figures').getByLabel('Property').selectOption('agreement')
  assert.match(await page.locator('#figures .filters').innerText(), /decide differently/)
  const listed = await page.locator('.finding-list button').allInnerTexts()
  assert.ok(listed.length > 0 && listed.every(text => text.includes('agreement')))
})

test('a cell opens its runs, its command and its finding', async () => {
  const page = await open(html)
  const cell = page.locator('#matrix button[aria-label*="three-phase-commit"]')
    .and(page.locator('[aria-label*="partition, Is it atomic"]')).first()
  await cell.click()
  const card = page.locator('aside.card')
  assert.match(await card.innerText(), /atomicity\s+[\d]+\/30/)
  const program = dataOf(html).program
  assert.ok((await card.locator('code').innerText()).startsWith(`${program} trace `))
  await card.locator('.to-finding').click()
  assert.match(await page.locator('.finding h3').innerText(), /^three-phase-commit/)
  assert.match(await page.locator('.finding').innerText(), /reduced from seed/)
  assert.ok(await page.locator('.finding .diagram .row').count() > 5)
})

test('arrows walk the matrix, and a key opens a cell', async () => {
  const page = await open(html)
  await page.locator('#matrix button').first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  assert.match(page.url(), /cell=\d+%2F1%2Fatomic/)
  assert.equal(await page.evaluate(() => document.activeElement.dataset.at.split('/')[1]), '1')
})

test('a filter that is pressed by keyboard keeps the focus', async () => {
  const page = await open(html)
  await page.getByRole('group', { name: 'Ideas' }).getByText('sagas').focus()
  await page.keyboard.press('Enter')
  const focused = await page.evaluate(() => document.activeElement.textContent)
  assert.equal(focused, 'sagas')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  assert.match(page.url(), /idea=messages/)
})

test('pairs are those of the seeds', async () => {
  const page = await open(html)
  const data = dataOf(html)
  const [one, other] = ['saga style=orchestrated', 'saga as-published']
    .map(label => data.rows.findIndex(row => row.label === label))
  await page.getByLabel('One row').selectOption(String(one))
  await page.getByLabel('Another row').selectOption(String(other))
  const loss = page.locator('.pairs tbody tr').nth(1)
  const { answers } = data.scenarios[1].cells[data.rows[other].cells[1]]
  const texts = await loss.locator('td').allInnerTexts()
  assert.equal(texts[3].split('\n')[0], String(answers.atomic.runs))
  await loss.locator('summary').last().click()
  const commands = await loss.locator('.command code').allInnerTexts()
  assert.equal(commands.length, 3)
  assert.match(commands[0], / --as html --beside \d+ > seed-\d+\.html$/)
})

test('names of a scenario stay text', async () => {
  const data = dataOf(html)
  data.scenarios[0].heading = '</script><b id="hostile">'
  data.scenarios[0].description = '<img src=x onerror=alert(1)>'
  data.rows[0].form = '<b id="hostile">'
  const page = await open(makePage('compare_page', '</script><b id="hostile">', data))
  assert.equal(await page.locator('#hostile, img').count(), 0)
  assert.deepEqual(page.complaints, [])
})

test('the policy stops what asks elsewhere', async () => {
  const page = await open(html)
  const refused = await page.evaluate(() => new Promise(resolve => {
    document.addEventListener('securitypolicyviolation', event => resolve(event.effectiveDirective))
    fetch('https://example.org/').catch(() => {})
  }))
  assert.equal(refused, 'connect-src')
})

test('jobs change nothing but the line about the wall clock', () => {
  const [one, four] = ['1', '4'].map(jobs =>
    compare(guarantees.slice(0, 2), '--runs', '20', '--jobs', jobs))
  const plain = text => text.replace(/"wall_clock":"[^"]*"/, '')
  assert.equal(plain(one), plain(four))
})

test('a variable that was swept is drawn as lines', async () => {
  const costs = [2, 3, 4].map(n => join(library, 'costs', `services-${n}.json`))
  const page = await open(compare(costs, '--runs', '1'))
  await settled(page)
  assert.match(await page.locator('#cost').innerText(), /Growth over services of an order/)
  assert.deepEqual(page.complaints, [])
})
