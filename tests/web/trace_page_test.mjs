// The page of a run: it opens where it went wrong, and one can watch it from there.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { longRun } from './samples.mjs'
import { indoubt, library, looks, makePage, open, overflow, poorContrast, seriousFaults }
  from './support.mjs'

const folder = join(library, 'food-delivery')
const leaks = join(folder, 'published-sample-leaks.json')
const html = (file, ...words) => indoubt('trace', file, '--as', 'html', ...words)
const chosen = page => page.locator('.row.here')
const rowCount = page => page.locator('.run').first().getAttribute('aria-rowcount').then(Number)

test('it opens offline, at the first step that broke something', async () => {
  const page = await open(html(leaks))
  assert.deepEqual(page.complaints, [])
  assert.match(await chosen(page).textContent(), /store assigns packet-1.*✗ atomicity/)
  assert.match(await page.locator('.look').textContent(), /gets assign .* from orders/)
  const reason = await page.locator('.look .breaks').first().textContent()
  assert.match(reason, /✗ atomicity order 1: store/)
})

test('where nothing broke, it opens at what the client learnt', async () => {
  const page = await open(html(join(folder, 'good-day.json')))
  assert.match(await chosen(page).textContent(), /told: /)
})

test('keys step, find the next fault and the next order, play and stop', async () => {
  const page = await open(html(leaks))
  await page.keyboard.press('Home')
  await page.locator('.run').focus()
  await page.keyboard.press('Home')
  const where = await page.locator('.look .where').textContent()
  assert.match(where, /client at 0\.013 s, order 1 · 1 of/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  assert.match(await page.locator('.look .where').textContent(), /· 2 of/)
  await page.keyboard.press('f')
  assert.match(await chosen(page).textContent(), /fault.*the network splits/)
  await page.keyboard.press('o')
  assert.equal(await page.locator('.top-bar select').inputValue(), '2')
  await page.keyboard.press('Home')
  await page.keyboard.press(' ')
  assert.equal(await page.getByRole('button', { name: 'pause' }).count(), 1)
  await page.waitForFunction(() => /· [2-9] of/.test(document.querySelector('.look').textContent))
  await page.keyboard.press(' ')
  assert.equal(await page.getByRole('button', { name: 'play', exact: true }).count(), 1)
  assert.deepEqual(page.complaints, [])
})

test('the filter tells one order, another, or all', async () => {
  const page = await open(html(leaks))
  const one = await rowCount(page)
  await page.locator('.top-bar select').selectOption('all')
  assert.ok(await rowCount(page) > 3 * one)
  await page.locator('.top-bar select').selectOption('5')
  assert.ok(await rowCount(page) < 2 * one)
  assert.match(page.url(), /order=5/)
})

test('a link says which order and which step', async () => {
  const page = await open(html(leaks), { hash: '#order=2&step=10' })
  assert.equal(await page.locator('.top-bar select').inputValue(), '2')
  assert.equal(await chosen(page).count(), 1)
})

test('a click opens a row, and a cause leads to where it was', async () => {
  const page = await open(html(leaks))
  await page.locator('.row', { hasText: 'gets reserved from store' }).click()
  assert.match(await page.locator('.look .where').textContent(), /^orders at/)
  assert.match(await page.locator('.look').textContent(), /sends reserve to courier: there at/)
  await page.locator('.why button').first().click()
  assert.match(await page.locator('.look .where').textContent(), /^store at/)
  assert.ok(await page.locator('.message.lit').count() > 0)
})

test('retries are one row until somebody wants each of them', async () => {
  const page = await open(html(leaks))
  const folded = await rowCount(page)
  await page.getByRole('button', { name: /times until/ }).first().click()
  assert.ok(await rowCount(page) > folded)
  await page.getByRole('button', { name: 'fold retries' }).click()
  assert.equal(await page.getByRole('button', { name: /times until/ }).count(), 0)
})

test('time can be true', async () => {
  const page = await open(html(leaks))
  const places = () => page.locator('.row').evaluateAll(rows => rows.map(row => row.offsetTop))
  const before = await places()
  await page.getByRole('button', { name: 'true time' }).click()
  assert.notDeepEqual(await places(), before)
})

test('two runs stand side by side, and where they part is marked in both', async () => {
  const page = await open(html(leaks, '--beside', '2'))
  assert.deepEqual(page.complaints, [])
  assert.equal(await page.locator('.run').count(), 2)
  assert.equal(await page.locator('.row.fork').count(), 2)
  const times = await page.locator('.row.fork .time').allTextContents()
  assert.equal(times[0], times[1])
  assert.match(await chosen(page).textContent(), /orders gets place_order/)
})

test('a run beside itself parts nowhere', async () => {
  const page = await open(html(leaks, '--beside', '1'))
  assert.equal(await page.locator('.row.fork').count(), 0)
})

test('a run of 100,000 events scrolls: only what is in view is there', async () => {
  const data = { runs: [longRun(100000)], scenarios: [] }
  const page = await open(makePage('trace_page', 'long', data))
  assert.deepEqual(page.complaints, [])
  assert.equal(await rowCount(page), 100000)
  assert.ok(await page.locator('.row').count() < 200)
  await page.locator('.run').focus()
  await page.keyboard.press('End')
  await page.locator('.row', { hasText: 'tick_99999 fires' }).waitFor()
  assert.ok(await page.locator('.row').count() < 200)
  await page.evaluate(() => scrollTo(0, 1300000))
  await page.waitForFunction(() =>
    /tick_(49|50)\d\d\d/.test(document.querySelector('.run').textContent))
  await page.keyboard.press('Home')
  await page.locator('.row', { hasText: 'tick_0 fires' }).waitFor()
})

test('names are text, whatever is in them', async () => {
  const name = '</script><b id="hostile">x</b>'
  const data = { runs: [longRun(5, name)], scenarios: [name] }
  const page = await open(makePage('trace_page', name, data))
  assert.deepEqual(page.complaints, [])
  assert.equal(await page.locator('#hostile').count(), 0)
  assert.equal(await page.locator('h1').textContent(), name)
  assert.match(await page.locator('.row').first().textContent(), /<\/script><b id="hostile">/)
})

test('the policy holds: no code from text, nothing from elsewhere', async () => {
  const page = await open(html(leaks))
  const tried = await page.evaluate(async () => {
    const results = []
    // Not at once: what a test evaluates itself may do so.
    await new Promise(resolve => setTimeout(() => {
      try { results.push(new Function('return "ran"')()) } catch { results.push('blocked') }
      resolve()
    }))
    await fetch('data:text/plain,x').then(() => results.push('ran'), () => results.push('blocked'))
    return results
  })
  assert.deepEqual(tried, ['blocked', 'blocked'])
})

test('the lab opens the very run: one cell, its seed inside', async () => {
  const page = await open(html(leaks, '--seed', '7', '--cell', '2'))
  const link = await page.getByRole('link', { name: 'Open in the lab' }).getAttribute('href')
  const [address, text] = link.split('#s=')
  assert.equal(address, 'lab.html')
  const scenario = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  assert.deepEqual(scenario.sweep.seeds, { first: 7, count: 1 })
  assert.equal(scenario.protocol.variant, 'hardened')
})

test('nothing leads to the lab where nodes are programs', async () => {
  for (const [name, count] of [['external', 0], ['saga', 1]]) {
    const data = { runs: [longRun(5)], scenarios: [JSON.stringify({ protocol: { name } })] }
    const page = await open(makePage('trace_page', name, data))
    assert.deepEqual(page.complaints, [])
    assert.equal(await page.getByRole('link', { name: 'Open in the lab' }).count(), count)
  }
})

for (const { width, dark, name } of looks) {
  test(`nothing serious for readers of screens, ${name}`, async () => {
    for (const page of [
      await open(html(leaks), { width, dark }),
      await open(html(leaks, '--beside', '2'), { width, dark }),
      await open(html(join(folder, 'coordinator-lost.json'), '--protocol', 'two-phase-commit'),
        { width, dark })]) {
      assert.deepEqual(await seriousFaults(page), [])
      assert.deepEqual(await poorContrast(page), [])
      assert.ok(await overflow(page) <= 0, 'the page is no wider than its window')
    }
  })
}
