import { el, verdictMark } from './dom.js'
import { readFragment } from './compare_view.js'
import { drawCharts } from './compare_charts.js'
import { chooseFirstCell, takePart } from './compare_take.js'
import { whyPart } from './compare_findings.js'
import { costPart } from './compare_costs.js'
import { madePart } from './compare_made.js'

// Protocols side by side: the page that `indoubt compare --html` writes. One question a screen:
// what to take, why, what it costs, how it was made.

const partNames = { take: 'What to take', why: 'Why', cost: 'What it costs',
  made: 'How it was made' }

function topBar() {
  const links = Object.entries(partNames).map(([id, words]) =>
    el('a',
      { href: `#${id}`, onclick: event => {
          event.preventDefault() // the fragment has the view
          document.getElementById(id).scrollIntoView()
        } },
      words)
  )
  const legend = ['violated', 'owed', 'unknown', 'holds', 'n/a'].map(verdict =>
    el('span', {}, verdictMark(verdict, el('span', { 'aria-hidden': 'true' }, verdict)))
  )
  return el('header', { class: 'top-bar' },
    el('div', {},
      el('span', { class: 'brand' }, 'indoubt ', el('span', { class: 'quiet' }, 'compare')),
      el('nav', { 'aria-label': 'Parts' }, ...links),
      el('span', { class: 'legend push', 'aria-label': 'Key', role: 'group' }, ...legend)))
}

readFragment()
chooseFirstCell()
document.body.append(topBar(), el('main', {}, takePart(), whyPart(), costPart(), madePart()))
drawCharts()
