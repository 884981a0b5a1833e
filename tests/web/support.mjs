// What all tests of pages need: pages of the program or made by hand, opened in a browser that is
// offline, and what went wrong there.
import axe from 'axe-core'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after } from 'node:test'
import { chromium } from 'playwright-core'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
export const library = join(root, 'scenarios', 'library')

const folder = mkdtempSync(join(tmpdir(), 'indoubt-web-'))
let browser
let files = 0
after(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

/** What the program prints. */
export function indoubt(...words) {
  const options = { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] }
  return execFileSync(process.env.INDOUBT_PROGRAM, words, options)
}

/** A page with data that no run gives. */
export function makePage(entry, title, data) {
  const options = { encoding: 'utf8', maxBuffer: 1 << 30, input: JSON.stringify(data) }
  return execFileSync(process.env.INDOUBT_MAKE_PAGE, [entry, title], options)
}

/** The path of a new file with this text. */
export function file(text, ending = '.html') {
  const path = join(folder, `${++files}${ending}`)
  writeFileSync(path, text)
  return path
}

/**
 * Opens a page and gives it with `complaints`: errors, messages on the console, requests for
 * anything but the file itself. A page that is as it should be has none.
 */
export async function open(html, { width = 1280, height = 900, dark = false, hash = '' } = {}) {
  browser ??= await chromium.launch({
    executablePath: process.env.INDOUBT_CHROMIUM, args: ['--disable-gpu'] })
  const context = await browser.newContext({
    viewport: { width, height }, offline: true, colorScheme: dark ? 'dark' : 'light' })
  const page = await context.newPage()
  const complaints = []
  const address = `file://${file(html)}`
  page.on('console', message => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', error => complaints.push(`error: ${error.message}`))
  page.on('request', request => {
    if (request.url().split('#')[0] !== address) complaints.push(`request: ${request.url()}`)
  })
  await page.goto(address + hash)
  return Object.assign(page, { complaints })
}

/**
 * How pages are looked at: narrow and wide, light and dark. To look through a page takes seconds,
 * so that all four are for whom time does not matter to (`scripts/test --ci`).
 */
const everyLook = [[360, false], [1280, true], [360, true], [1280, false]]
export const looks = everyLook.slice(0, process.env.INDOUBT_EVERY_LOOK ? 4 : 2)
  .map(([width, dark]) => ({ width, dark, name: `${width} px, ${dark ? 'dark' : 'light'}` }))

/** What axe-core finds serious or critical, a line each. */
export async function seriousFaults(page) {
  await page.evaluate(axe.source)
  const found = await page.evaluate(() => globalThis.axe.run())
  return found.violations
    .filter(fault => ['serious', 'critical'].includes(fault.impact))
    .map(fault => `${fault.id}: ${fault.nodes.map(node => node.target.join(' ')).slice(0, 3)}`)
}

/** How many pixels the page is wider than its window: what is wide must scroll by itself. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
}

/**
 * Text that stands out too little from what is behind it: axe-core does not say so where a drawing
 * lies over it. Each as "ratio, colours, words".
 */
export function poorContrast(page) {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const rgba = colour => {
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = colour
      canvas.fillRect(0, 0, 1, 1)
      return [...canvas.getImageData(0, 0, 1, 1).data]
    }
    const luminance = ([...parts]) => {
      const [r, g, b] = parts.map(part => {
        const share = part / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const behind = element => {
      for (let at = element; at; at = at.parentElement) {
        const colour = rgba(getComputedStyle(at).backgroundColor)
        if (colour[3] === 255) return colour
      }
      return [255, 255, 255, 255]
    }
    const poor = new Set()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      const words = node.textContent.trim()
      const isShown = words && element.checkVisibility({ checkVisibilityCSS: true }) &&
        !element.closest('.for-readers, script, style, option')
      if (!isShown) continue
      const style = getComputedStyle(element)
      const colours = [rgba(element.closest('svg') ? style.fill : style.color), behind(element)]
      const [low, high] = colours.map(luminance).sort((one, other) => one - other)
      const ratio = (high + 0.05) / (low + 0.05)
      if (ratio < 4.5) {
        const text = colours.map(colour => colour.slice(0, 3).join('/')).join(' on ')
        poor.add(`${ratio.toFixed(2)}, ${text}, ${words.slice(0, 30)}`)
      }
    }
    return [...poor].slice(0, 6)
  })
}
