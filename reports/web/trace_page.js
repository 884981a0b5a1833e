import { Diagram } from './diagram.js'
import { commandBox, countOf, el, fill, pageData, seconds, svg, verdictMark } from './dom.js'
import { showChoice } from './inspector.js'
import { labLinks } from './links.js'
import { divergenceOf, tellsOf } from './run_rows.js'

// One run, told, or two side by side: the page that `indoubt trace --as html` writes.

const { runs, scenarios } = pageData()
const [mainRun] = runs
const isPair = runs.length > 1

const variantWords = trace => [trace.protocol.name,
  trace.protocol.variant === 'as-published' && 'as published',
  trace.protocol.mutant && `mutant ${trace.protocol.mutant}`].filter(Boolean).join(', ')

// ── what the page is about ──

const outcomeWords = { placed: 'placed', 'not-placed': 'not placed', unknown: 'no answer' }

/** What became of the orders that the trace follows, and why it follows them. */
function leadWords(trace) {
  const { orders, why } = trace.followed
  if (orders.length > 2) return [`${countOf(orders.length, 'order')} of ${trace.order_count}.`]
  const reason = why.startsWith('the first;') ? '' : ` (${why})`
  return orders.flatMap(number => {
    const order = trace.orders.find(one => one.order === number)
    if (!order) return [`Order ${number} of ${trace.order_count}: its client never asked. `]
    const when = order.answered == null ? '' : `, told at ${seconds(order.answered)} s`
    const isHindered = order.hindrance && order.hindrance !== 'none'
    const cause = isHindered ? `; hindered: ${order.hindrance}` : ''
    return [`Order ${number} of ${trace.order_count}${reason}: `,
      el('b', {}, outcomeWords[order.outcome]), `${when}${cause}. `]
  })
}

/** The verdicts over all orders: each violation with its reason, a way to where it came to be. */
function verdictList(trace, goTo) {
  const of = verdict => trace.verdicts.filter(one => one.verdict === verdict)
  const broken = of('violated').map(one => {
    const mark = verdictMark('violated', el('b', {}, one.property),
      one.orders > 1 && ` (${countOf(one.orders, 'order')})`, ` ${one.reason}`)
    const link = el('button', { class: 'plain', type: 'button', onclick: () => goTo(one) }, mark)
    return el('li', {}, one.step == null ? mark : link)
  })
  const others = ['owed', 'holds', 'unknown'].map(verdict => {
    const names = of(verdict).map(one => one.property).join(', ')
    return names && el('li', {}, verdictMark(verdict, names))
  })
  return el('ul', { class: 'verdicts' }, broken, others)
}

function faultList(trace) {
  if (!trace.faults.length) return el('p', { class: 'note' }, 'no faults of its own')
  return el('ul', { class: 'faults note' }, trace.faults.map(fault => {
    const met = fault.occurrences.length
      ? `met ${countOf(fault.met.orders, 'order')}, ${countOf(fault.met.messages, 'message')}`
      : 'did not take place in this run'
    return el('li', {}, el('b', {}, fault.id), ` ${fault.text}; ${met}`)
  }))
}

function aboutLine(trace) {
  return [trace.scenario, variantWords(trace), trace.cell.is,
    trace.cell.of > 1 && `cell ${trace.cell.number} of ${trace.cell.of}`, `seed ${trace.seed}`,
    trace.program].filter(Boolean).join(' · ')
}

function heading() {
  const lab = `${mainRun.command.replace('indoubt trace', 'indoubt lab')} -o lab.html`
  return el('div', { class: 'heading' },
    el('div', {},
      el('h1', {}, mainRun.scenario),
      el('p', { class: 'lead' }, leadWords(mainRun)),
      verdictList(mainRun, goToVerdict)),
    el('div', {},
      el('p', { class: 'note' }, aboutLine(mainRun)),
      faultList(mainRun),
      el('p', { class: 'note' }, `The run ${mainRun.end.text} after `,
        `${countOf(mainRun.end.events, 'event')}.`),
      commandBox(mainRun.command),
      scenarios[0] && labLinks(scenarios[0], lab)))
}

// ── the key ──

const keyDrawing = (...marks) => svg('svg', { width: 40, height: 20, 'aria-hidden': 'true' }, marks)
const bar = name => svg('g', { class: `step ${name}` },
  svg('rect', { x: 16, y: 5, width: 8, height: 10, rx: 1.5, class: 'bar' }))

function keyEntries() {
  return [
    [bar('message'), 'handles a message'],
    [bar('timer'), 'its timer fires'],
    [svg('circle', { cx: 20, cy: 10, r: 5, class: 'disk' }), 'a force is done'],
    [svg('rect', { x: 17.5, y: 1, width: 5, height: 18, class: 'busy' }), 'waits for its disk'],
    [svg('g', { class: 'message gone' },
      svg('line', { x1: 2, y1: 10, x2: 30, y2: 10, class: 'wire' }),
      svg('path', { d: 'M26 6l8 8m0-8l-8 8', class: 'cross' })), 'lost, cut, or finds it down'],
    [[svg('path', { d: 'M22 2H18V18H22', class: 'unit held' }),
      svg('path', { d: 'M13 6l5 4l-5 4', class: 'expiry' })], 'holds a unit, until the tick'],
    [svg('path', { d: 'M22 2H18V18H22', class: 'unit assigned' }), 'has assigned it'],
    [svg('rect', { x: 16, y: 1, width: 9, height: 18, class: 'doubt' }), 'in doubt'],
    [svg('line', { x1: 20, y1: 0, x2: 20, y2: 20, class: 'wall' }), 'the network is cut here'],
    [[svg('path', { d: 'M12 5l4-4l4 6l4-5l4 3', class: 'jag' }),
      svg('line', { x1: 20, x2: 20, y1: 8, y2: 20, class: 'absent' })], 'crashed'],
    [svg('line', { x1: 4, x2: 36, y1: 10, y2: 10, class: 'thread' }), 'led to the chosen step']
  ]
}

function keyOfMarks() {
  return el('section', { class: 'key', 'aria-label': 'Key' }, keyEntries().map(([marks, text]) =>
    el('div', {}, keyDrawing(marks), text)))
}

// ── orders ──

/** The choices of the filter: what the trace follows, all, and each order that the data tells. */
function orderChoices(trace) {
  const followed = trace.followed.orders
  const broken = new Set(trace.verdicts.filter(one => one.verdict === 'violated')
    .flatMap(one => [one.order, one.other_order]))
  const names = followed.slice(0, 6).join(', ') + (followed.length > 6 ? ', …' : '')
  const several = followed.length > 1 ? [{ value: followed.join(), text: `orders ${names}` }] : []
  const all = trace.followed.alone ? [] : [{ value: 'all', text: 'all orders' }]
  const told = trace.orders.filter(one => !trace.followed.alone || followed.includes(one.order))
  return [...several, ...all, ...told.map(({ order, outcome }) => ({
    value: `${order}`,
    text: `order ${order}: ${outcomeWords[outcome]}${broken.has(order) ? ' ✗' : ''}`
  }))]
}

const chosenOrders = value => value === 'all' ? 'all' : value.split(',').map(Number)

function showOrders(value) {
  orderSelect.value = value
  for (const diagram of diagrams) diagram.update(diagram.trace, chosenOrders(value))
  markDivergence()
  look.replaceChildren()
  diagrams[0].toWorst()
}

function toNextOrder() {
  const options = [...orderSelect.options]
  const next = (orderSelect.selectedIndex + 1) % options.length
  showOrders(options[next].value)
}

/** Where a violation came to be, whichever order that is about. */
function goToVerdict(verdict) {
  const isShown = diagrams[0].orders === 'all' || diagrams[0].orders.includes(verdict.order)
  if (!isShown) showOrders(verdict.order ? String(verdict.order) : 'all')
  diagrams[0].to(verdict.step)
  diagrams[0].body.focus({ preventScroll: true })
}

// ── the bar ──

const tool = (text, onclick, attributes = {}) =>
  el('button', { class: 'button', type: 'button', onclick, ...attributes }, text)
const wide = text => el('span', { class: 'wide-only' }, text)

const playButton = tool('play', () => diagrams[0].play(!diagrams[0].isPlaying))
const foldButton = tool(['fold', wide(' retries')], () => setFolded(!diagrams[0].state.isFolded),
  { 'aria-pressed': 'true' })
const timeButton = tool([wide('true '), 'time'], () => setTime(!diagrams[0].state.isTrueTime),
  { 'aria-pressed': 'false' })
const orderSelect = el('select', {
  'aria-label': 'Which orders', onchange: event => showOrders(event.target.value)
}, orderChoices(mainRun).map(({ value, text }) => el('option', { value }, text)))

function setFolded(isFolded) {
  diagrams.forEach(diagram => diagram.setFolded(isFolded))
  foldButton.setAttribute('aria-pressed', String(isFolded))
}

function setTime(isTrueTime) {
  diagrams.forEach(diagram => diagram.setTrueTime(isTrueTime))
  timeButton.setAttribute('aria-pressed', String(isTrueTime))
}

function topBar() {
  const keys = [['←'], ['→', ' step · '], ['space', ' play · '], ['f', ' next fault · '],
    ['o', ' next order']]
  return el('header', { class: 'top-bar' }, el('div', {},
    el('span', { class: 'brand' }, 'indoubt ', el('span', { class: 'quiet wide-only' }, 'trace')),
    el('div', { class: 'button-row', role: 'toolbar', 'aria-label': 'Stepping' },
      tool('←', () => diagrams[0].step(-1), { 'aria-label': 'one step back' }),
      tool('→', () => diagrams[0].step(1), { 'aria-label': 'one step on' }),
      playButton,
      tool([wide('next '), 'fault'], () => diagrams[0].toNextFault()),
      foldButton, timeButton, orderSelect),
    el('span', { class: 'note keys-note' },
      keys.map(([key, text]) => [el('kbd', {}, key), ' ', text]))))
}

// ── the diagrams ──

const look = el('aside', {
  class: 'look', 'aria-live': 'polite', 'aria-label': 'The chosen step', tabindex: 0
})
const stages = runs.map(() => el('div', { class: 'stage-run' }))
const diagrams = []

/** What stands above one of two runs. */
function sideName(trace) {
  const broken = trace.verdicts.filter(one => one.verdict === 'violated')
  return el('p', { class: 'side' }, el('b', {}, trace.cell.is || trace.scenario),
    broken.length ? broken.map(one => [' ', verdictMark('violated', one.property)])
      : [' ', verdictMark('holds', 'all that was checked')])
}

function stage() {
  const sides = runs.map((trace, i) => el('div', {}, isPair && sideName(trace), stages[i]))
  return el('div', { class: `stage${isPair ? ' two-runs' : ''}` },
    el('div', { class: 'sides' }, sides), look)
}

function choiceShown(diagram, choice) {
  showChoice(look, diagram, choice)
  const step = choice.row.step ?? choice.row.hidden?.[0].step
  const parts = [`order=${orderSelect.value}`, step != null && `step=${step}`].filter(Boolean)
  if (diagram === diagrams[0]) history.replaceState(null, '', `#${parts.join('&')}`)
}

function markDivergence() {
  if (!isPair) return null
  const places = divergenceOf(runs[0], runs[1], tellsOf(diagrams[0].orders))
  diagrams.forEach((diagram, i) => {
    diagram.options.differs = places?.[i]
    diagram.redraw()
  })
  return places
}

function drawDiagrams(orders) {
  runs.forEach((trace, i) => {
    const diagram = new Diagram(stages[i], trace, {
      orders,
      onselect: choice => choiceShown(diagram, choice),
      onplay: isPlaying => { playButton.textContent = isPlaying ? 'pause' : 'play' },
      roomBelow: () => innerWidth < 1200 && look.isConnected ? look.offsetHeight + 16 : 24
    })
    diagrams.push(diagram)
  })
}

/** Keys work wherever nothing else wants them. */
function onPageKey(event) {
  const isTyping = event.target.closest?.('select, input, textarea, summary')
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return
  const own = { o: toNextOrder, t: () => setTime(!diagrams[0].state.isTrueTime),
    z: () => setFolded(!diagrams[0].state.isFolded) }[event.key]
  if (own) { event.preventDefault(); own() }
  const isFree = event.target === document.body
  if (isFree && ['ArrowLeft', 'ArrowRight', 'f', ' '].includes(event.key)) {
    diagrams[0].body.focus({ preventScroll: true })
    diagrams[0].onKey(event)
  }
}

/** Opens at what the link says, else at what broke, else at the client's answer. */
function openPage() {
  const wish = new URLSearchParams(location.hash.slice(1))
  const known = [...orderSelect.options].map(option => option.value)
  const followed = mainRun.followed.orders.length === mainRun.order_count
    ? 'all' : mainRun.followed.orders.join()
  const order = wish.get('order')
  orderSelect.value = [order, followed, 'all'].find(value => known.includes(value)) ?? known[0]
  document.body.append(topBar(), el('main', {}, heading(), stage(), keyOfMarks()))
  drawDiagrams(chosenOrders(orderSelect.value))
  const places = markDivergence()
  const step = Number(wish.get('step') ?? NaN)
  const top = scrollY
  if (wish.has('step') && diagrams[0].to(step)) return
  if (!(places?.[0] != null && diagrams[0].to(places[0]))) diagrams[0].toWorst()
  scrollTo({ top, behavior: 'instant' }) // the first screen says what the run is
  diagrams[0].paint()
}

/** The names of lanes stay beneath the bar, however high that is. */
function keepLaneNamesBelow(bar) {
  const place = () =>
    document.documentElement.style.setProperty('--lanes-top', `${bar.offsetHeight}px`)
  new ResizeObserver(place).observe(bar)
  place()
}

addEventListener('keydown', onPageKey)
openPage()
keepLaneNamesBelow(document.querySelector('.top-bar'))
