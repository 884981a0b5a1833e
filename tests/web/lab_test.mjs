// The lab, used as its readers use it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { file, indoubt, library, looks, open, overflow, seriousFaults } from './support.mjs'

/** The page of a lab made of these words. */
function labPage(...words) {
  const path = file('')
  indoubt('lab', ...words, '-o', path)
  return readFileSync(path, 'utf8')
}
const plain = labPage()

/** Waits until the page has made the run of its text, and the whole map of it. */
async function settled(page) {
  await page.waitForFunction(() => /digest/.test(document.querySelector('.lab-hint').textContent))
  await page.waitForFunction(() => document.querySelectorAll('.map-square').length > 0 &&
    !/So far/.test(document.querySelector('.map').parentElement.textContent))
}

/** Opens a lab; `complaints` leave out what the page does by itself, which is no request. */
async function openLab(html = plain, options = {}) {
  const page = await open(html, options)
  const own = complaint => !complaint.startsWith('request: blob:')
  page.trouble = () => page.complaints.filter(own)
  await settled(page)
  return page
}

const textOf = page => page.locator('.editor-area').inputValue()
const violated = page => page.locator('.verdict-list .verdict.violated').allInnerTexts()

async function type(page, text) {
  await page.locator('.editor-area').fill(text)
}

test('it opens offline without an error or a request, and has made its run', async () => {
  const page = await openLab()
  assert.deepEqual(page.trouble(), [])
  assert.match(await page.locator('.verdicts h2').innerText(), /Placed/)
  assert.ok(await page.locator('.run .row').count() > 5)
})

test('the page may connect to nobody', async () => {
  const page = await openLab()
  const wasRefused = await page.evaluate(() => fetch('https://example.org').then(() => false,
    () => true))
  assert.ok(wasRefused)
  assert.ok(page.complaints.some(one => /Content Security Policy/.test(one)))
})

test('five clicks lead from nothing going wrong to the leaked packet', async () => {
  const page = await openLab()
  let clicks = 0
  const click = async locator => { clicks++; await locator.click() }
  clicks += 2 // the list is opened, and an entry chosen
  await page.getByLabel('protocol', { exact: true }).selectOption('reservation')
  await page.waitForFunction(() => document.querySelector('.editor-area').value.includes('reserv'))
  await click(page.getByRole('button', { name: 'as published' }))
  await page.waitForFunction(() => document.querySelector('.editor-area').value.includes('as-pub'))
  await settled(page)
  await click(page.locator('.map-square.violated[title*="no-leak"]').first())
  await page.locator('.verdict-list .verdict.violated', { hasText: 'no-leak' }).waitFor()
  assert.ok(clicks <= 5, `${clicks} clicks`)
  assert.match((await violated(page)).join(), /no-leak/)
  assert.match(await textOf(page), /"faults": \[/)
  assert.deepEqual(page.trouble(), [])
})

// A machine that does nothing else answers within 100 ms; one that also compiles has longer.
const longestAnswer = 100 * Number(process.env.INDOUBT_SLOWNESS ?? 20)

test('an edit is answered at once, and the last one wins', async () => {
  const page = await openLab()
  const first = await textOf(page)
  const shown = () => page.locator('.lab-hint').innerText()
  const before = await shown()
  const took = await page.evaluate(text => new Promise(resolve => {
    const area = document.querySelector('.editor-area')
    const hint = document.querySelector('.lab-hint')
    const begun = performance.now()
    new MutationObserver((_, observer) => {
      observer.disconnect()
      resolve(performance.now() - begun)
    }).observe(hint, { childList: true })
    area.value = text
    area.dispatchEvent(new InputEvent('input'))
  }), first.replace('two-phase-commit', 'paxos-commit'))
  assert.ok(took < longestAnswer, `${took} ms`)
  assert.notEqual(await shown(), before)
  for (const name of ['saga', 'tcc', 'two-phase-commit']) {
    await type(page, first.replace('two-phase-commit', name))
  }
  await page.waitForFunction(text => document.querySelector('.lab-hint').textContent === text,
    before)
})

test('a mistake is told where it stands, and the run of before stays', async () => {
  const page = await openLab()
  await type(page, (await textOf(page)).replace('two-phase-commit', 'two-phase-comit'))
  await page.locator('.ink-error').first().waitFor()
  assert.equal(await page.locator('.ink-error').innerText(), '"two-phase-comit"')
  assert.match(await page.locator('.editor-problems').innerText(), /did you mean two-phase-commit/)
  assert.ok(await page.getByRole('button', { name: 'save' }).isDisabled())
  await page.locator('.problem .link').click()
  const chosen = await page.locator('.editor-area').evaluate(area =>
    area.value.slice(area.selectionStart, area.selectionEnd))
  assert.equal(chosen, '"two-phase-comit"')
  await page.keyboard.press('Control+z')
  await page.locator('.ink-error').waitFor({ state: 'detached' })
})

test('what could stand at the cursor is offered, and taken by a key', async () => {
  const page = await openLab()
  await page.locator('.editor-area').evaluate(area => {
    const at = area.value.indexOf('two-phase-commit')
    area.focus()
    area.setSelectionRange(at + 2, at + 2)
  })
  await page.keyboard.press('Control+Space')
  assert.ok(await page.locator('.editor-completions li').count() > 0)
  await type(page, (await textOf(page)).replace('"two-phase-commit"', '""'))
  await page.locator('.editor-area').evaluate(area => {
    const at = area.value.indexOf('"name": ""') + 9
    area.setSelectionRange(at, at)
  })
  await page.keyboard.press('Control+Space')
  await page.locator('.editor-completions li', { hasText: 'saga' }).waitFor()
  await page.keyboard.type('saga')
  await page.keyboard.press('Enter')
  assert.match(await textOf(page), /"name": "saga"/)
})

test('a click on a row crashes there; the fault stands in the text, and goes again', async () => {
  const page = await openLab()
  const before = await textOf(page)
  await page.locator('.run .deed', { hasText: 'crash' }).nth(2).click()
  await page.locator('.fault-chip').waitFor()
  assert.match(await textOf(page), /"do": "crash"/)
  assert.ok(await page.locator('.editor-line.new').count() > 0)
  await page.locator('.fault-chip button').click()
  await page.locator('.fault-chip').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'undo' }).click()
  await page.getByRole('button', { name: 'undo' }).click()
  assert.equal(await textOf(page), before)
})

test('a message can be lost, delayed, doubled and cut by a click on it', async () => {
  const page = await openLab()
  const message = page.locator('.run .lines .pickable').first()
  await message.dispatchEvent('pointerdown')
  await message.dispatchEvent('click')
  await page.locator('.lab-menu').waitFor()
  const deeds = await page.locator('.lab-menu .deed').allInnerTexts()
  assert.ok(deeds.length > 0)
  await page.locator('.lab-menu .deed').first().click()
  await page.locator('.fault-chip').waitFor()
  assert.deepEqual(page.trouble(), [])
})

test('it finds the fewest faults that break something', async () => {
  const page = await openLab()
  await page.getByRole('button', { name: 'find it for me' }).click()
  await page.waitForFunction(() => /enough to break/.test(
    document.querySelector('.lab-hint').textContent), null, { timeout: 60_000 })
  assert.equal(await page.locator('.fault-chip').count(), 1)
  assert.ok((await violated(page)).length > 0)
})

test('a search shows how far it is, and can be stopped', async () => {
  const page = await openLab(labPage(join(library, 'small', 'two-orders.json')))
  await page.getByRole('button', { name: 'find it for me' }).click()
  await page.waitForFunction(() => /runs|enough|Nothing/.test(
    document.querySelector('.lab-hint').textContent), null, { timeout: 60_000 })
  const stop = page.getByRole('button', { name: 'stop', exact: true })
  if (await stop.count()) await stop.click()
  await page.getByRole('button', { name: 'find it for me' }).waitFor()
})

test('a link holds the scenario and its seed', async () => {
  const page = await openLab()
  await page.locator('input[aria-label="seed as a number"]').fill('7')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => /"first": 7/.test(document.querySelector('.editor-area').value))
  await page.getByRole('button', { name: 'share' }).click()
  await page.waitForFunction(() => location.hash.startsWith('#s='))
  const hash = await page.evaluate(() => location.hash)
  const other = await openLab(plain, { hash })
  assert.match(await textOf(other), /"first": 7/)
  const digest = one => one.locator('.lab-hint').innerText()
  await settled(other)
  assert.match(await digest(other), /digest [0-9a-f]{16}/)
})

test('a file that is saved gives the same digest on the command line', async () => {
  const page = await openLab(labPage(join(library, 'food-delivery', 'published-sample-leaks.json'),
    '--seed', '3'))
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'save' }).click()
  const saved = await download
  assert.equal(saved.suggestedFilename(), 'food-delivery-published-sample-leaks.json')
  const text = readFileSync(await saved.path(), 'utf8')
  const [, digest] = /digest ([0-9a-f]{16})/.exec(await page.locator('.lab-hint').innerText())
  const run = JSON.parse(indoubt('run', file(text, '.json'), '--format', 'json'))
  assert.equal(run.cells[0].digest, digest)
})

test('every protocol is compared on the scenario', async () => {
  const page = await openLab()
  await page.getByRole('button', { name: 'compare' }).click()
  await page.waitForFunction(() =>
    document.querySelectorAll('.comparison tbody tr').length >= 13, null, { timeout: 60_000 })
  await page.getByRole('button', { name: 'saga' }).first().click()
  await page.waitForFunction(() => /"name": "saga"/.test(
    document.querySelector('.editor-area').value))
})

test('a lesson shows its run only when one has guessed', async () => {
  const page = await openLab()
  await page.getByLabel('Lessons').selectOption({ index: 4 })
  await page.locator('.lesson .guess').first().waitFor()
  assert.ok(!(await page.locator('.run .row').first().isVisible()))
  assert.equal(await page.locator('.map-square').count(), 0)
  await page.locator('.lesson .guess').first().click()
  await settled(page)
  assert.match(await page.locator('.lesson-answer').innerText(), /^(Right|Not so)\./)
  assert.ok(await page.locator('.run .row').first().isVisible())
  assert.match((await violated(page)).join(), /no-leak/)
  await page.getByRole('button', { name: 'next lesson' }).click()
  await page.getByText('Lesson 5').waitFor()
})

test('sliders write into the text', async () => {
  const page = await openLab()
  await page.getByRole('slider', { name: 'messages lost' }).fill('3')
  await page.waitForFunction(() => /"loss": 0.05/.test(
    document.querySelector('.editor-area').value))
  await settled(page)
  assert.deepEqual(page.trouble(), [])
})

for (const { width, dark, name } of looks) {
  test(`nothing is in anybody's way at ${name}`, async () => {
    const page = await openLab(labPage(join(library, 'lessons', 'a-hold-that-expires.json')),
      { width, dark })
    for (const pane of width < 900 ? ['scenario', 'run', 'verdicts'] : [null]) {
      if (pane) await page.getByRole('button', { name: pane, exact: true }).click()
      assert.deepEqual(await seriousFaults(page), [])
      assert.ok(await overflow(page) <= 0, `${pane}: ${await overflow(page)} too wide`)
    }
  })
}
