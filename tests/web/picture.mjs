// A picture of a page as it is once it has come to rest: picture.mjs PAGE PICTURE WIDTH HEIGHT.
import { chromium } from 'playwright-core'

const [page, picture, width, height] = process.argv.slice(2)
const settled = 4000 // ms: the lab has started its engine and made its runs
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium', args: ['--no-sandbox'],
})
const tab = await browser.newPage({ viewport: { width: Number(width), height: Number(height) } })
await tab.goto(`file://${page}`)
await tab.waitForTimeout(settled)
await tab.screenshot({ path: picture })
await browser.close()
