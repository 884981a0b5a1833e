import { el, pageData } from './dom.js'

// One run, told: the page that `indoubt trace --as html` writes.

document.body.append(el('main', {}, el('h1', {}, pageData().title)))
