import { commandBox, el } from './dom.js'

// Where pages lead to the lab, a page that makes runs itself.

/** Base64 for addresses of a text's UTF-8. */
function base64url(text) {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Where the lab opens a scenario: a text with explicit faults, and the seed inside. */
export function labLink(scenarioText) {
  return `lab.html#s=${base64url(scenarioText)}`
}

/** Whether its nodes are programs, which no page can start. */
function startsPrograms(scenarioText) {
  return scenarioText.includes('"external"') &&
    JSON.parse(scenarioText).protocol?.name === 'external'
}

/** The link, and the command that makes the lab where there is none beside the page yet. */
export function labLinks(scenarioText, command) {
  if (startsPrograms(scenarioText)) return null
  return el('div', { class: 'lab-links' },
    el('a', { class: 'button', href: labLink(scenarioText) }, 'Open in the lab'),
    el('details', { class: 'note' },
      el('summary', {}, 'no lab.html beside this page?'), commandBox(command)))
}
