// What holds of every page, whatever it shows.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { longRun } from './samples.mjs'
import { file, makePage, open, root } from './support.mjs'

const web = join(root, 'reports', 'web')
const entries = readdirSync(web).filter(name => name.endsWith('_page.js'))
  .map(name => name.replace('.js', ''))

/** The script of a page, as the program embeds it. */
const scriptOf = html => /<script type="module">(.*?)<\/script>/s.exec(html)[1]

test('a page opens offline without an error or a request', async () => {
  const data = { runs: [longRun(3)], scenarios: [] }
  const page = await open(makePage('trace_page', 'small', data))
  assert.deepEqual(page.complaints, [])
  assert.equal(await page.title(), 'small')
})

test('titles and data are text, whatever is in them', async () => {
  const hostile = '</script></title><b id="hostile">&lt;'
  const data = { runs: [longRun(3, hostile)], scenarios: [hostile] }
  const html = makePage('trace_page', hostile, data)
  const page = await open(html)
  assert.equal(await page.title(), hostile)
  assert.equal(await page.locator('#hostile').count(), 0)
  assert.deepEqual(JSON.parse(await page.locator('#data').textContent()), data)
  assert.deepEqual(page.complaints, [])
})

test('the modules of a page have no name in common', () => {
  for (const entry of entries) {
    const script = scriptOf(makePage(entry, 'script', {}))
    assert.doesNotMatch(script, /^(import|export) /m)
    execFileSync('node', ['--check', file(script, '.mjs')])
  }
})

test('an import is one line, so that pages can be joined without node', () => {
  const modules = readdirSync(web).filter(name => name.endsWith('.js') && name !== 'charts.js')
  for (const name of modules) {
    const text = readFileSync(join(web, name), 'utf8')
    for (const line of text.split('\n').filter(line => /^\s*import\b/.test(line))) {
      assert.match(line, /^import .* from '\.\/[\w-]+\.js'$/, name)
    }
    assert.doesNotMatch(text, /^export (default|\{|\*)/m, name)
  }
})
