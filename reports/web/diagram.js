import { el, seconds, svg } from './dom.js'
import { firstRow, lanesLayout, placeRows } from './run_layout.js'
import { markDefinitions, marksOf, threadsOf } from './run_marks.js'
import { brokenSteps, causesOf, lanesOf, rowsOf, stepsOfRow, tellsOf } from './run_rows.js'
import { flagsOf, stepWords } from './run_words.js'

// A run as a space-time diagram: one row an event, the words on the row of its mark. Only what is
// in view is there as elements, so a run may have as many rows as it likes.

let diagramsMade = 0
const nothingLit = { steps: new Set(), messages: new Set() }
/** Rows that are made beyond what is in view, so that scrolling finds them there. */
const margin = 600

/** "✗ atomicity and 3 more": what the inspector says in full. */
function brokenWords(broken) {
  const more = broken.length > 2 ? ` and ${broken.length - 1} more` : ''
  const named = more ? broken.slice(0, 1) : broken
  return `✗ ${named.map(verdict => verdict.property).join(', ')}${more}`
}

/**
 * Draws a run into `host`. `trace` is the JSON of docs/trace-json.md. Options:
 *   orders     numbers, or 'all' (the default: those that the trace follows)
 *   compact    small, without words and without keys: for lists of findings
 *   scroller   the element that scrolls (default: the window)
 *   onselect   called with what was chosen: { row, index, count, chain, broken }
 *   onpick     called with (type, thing) when a mark is clicked: 'step' and 'message' with their
 *              index, 'span' with the span; without it, a click chooses the row
 *   actions    (step index) -> elements at the end of its row
 *   differs    a step before which a line says that two runs differ from here
 */
export class Diagram {
  constructor(host, trace, options = {}) {
    this.host = host
    this.options = options
    this.id = `run${++diagramsMade}`
    this.state = { isFolded: true, isTrueTime: false, open: new Set(), at: null, timer: null }
    this.head = el('div', { class: 'lanes', 'aria-hidden': 'true' })
    this.body = el('div', {
      class: `run${options.compact ? ' compact' : ''}`, role: 'grid', id: this.id,
      tabindex: options.compact ? null : 0, 'aria-readonly': 'true'
    })
    this.listeners = new AbortController()
    host.classList.add('diagram')
    host.replaceChildren(this.head, this.body)
    this.listen()
    this.update(trace, options.orders)
  }

  /** Draws another run, or the same for other orders, in the same place. */
  update(trace, orders = this.orders) {
    this.trace = trace
    this.orders = orders ?? trace.followed.orders
    this.isTold = tellsOf(this.orders)
    this.lanes = lanesOf(trace, this.isTold)
    this.broken = brokenSteps(trace)
    this.state.at = null
    this.redraw()
  }

  /** What marks have to do with clicks: they are picked, if somebody asks for that. */
  pickable = (element, type, thing) => {
    const { onpick } = this.options
    if (!onpick) return element
    element.classList.add('pickable')
    element.addEventListener('click', event => {
      event.stopPropagation()
      onpick(type, thing)
    })
    return element
  }

  /** Rows, their places and marks, made anew. */
  redraw() {
    const { isFolded, isTrueTime, open } = this.state
    const chosen = this.rows?.[this.state.at]
    const { compact, actions } = this.options
    this.isTrueTime = isTrueTime
    this.layout = lanesLayout(this.host.clientWidth || 640, this.lanes, { compact, actions })
    this.rows = rowsOf(this.trace, { isTold: this.isTold, isFolded, open })
    this.rowOfStep = new Map()
    this.rows.forEach((row, index) => {
      for (const step of stepsOfRow(row)) this.rowOfStep.set(step, index)
    })
    const options = { isTrueTime, isTold: this.isTold }
    this.sizes = placeRows(this.trace, this.rows, this.layout, options)
    this.marks = marksOf(this)
    this.body.style.height = `${this.sizes.height}px`
    this.body.style.setProperty('--left', `${this.layout.left}px`)
    this.body.style.minWidth = this.head.style.minWidth = `${this.layout.right}px`
    this.host.classList.toggle('too-wide', this.layout.right > this.host.clientWidth + 1)
    this.body.setAttribute('aria-label', this.label())
    this.body.setAttribute('aria-rowcount', this.rows.length)
    this.drawHead()
    this.drawn = null
    if (chosen && this.state.at != null) this.state.at = this.placeOf(chosen)
    this.paint()
  }

  label() {
    const orders = this.orders === 'all' ? 'all orders' : `order ${this.orders.join(', ')}`
    return `What happens to ${orders}, step by step`
  }

  /** Where a row of before is now. */
  placeOf(chosen) {
    const [step] = stepsOfRow(chosen)
    const place = this.rowOfStep.get(step)
    return place ?? Math.min(this.rows.length - 1, firstRow(this.rows, row => row.id >= chosen.id))
  }

  drawHead() {
    const { layout } = this
    this.head.replaceChildren(...this.lanes.map(node => {
      const { name } = this.trace.nodes[node]
      const lane = el('span', { class: 'lane', title: name }, name)
      lane.style.left = `${layout.x(node)}px`
      lane.style.maxWidth = `${layout.lane - 4}px`
      return lane
    }))
  }

  /** From where to where something can be seen, as places in the diagram. */
  visible() {
    if (this.options.compact || this.isPrinting) return [0, this.sizes.height]
    const box = this.body.getBoundingClientRect()
    const { scroller } = this.options
    const frame = scroller ? scroller.getBoundingClientRect() : { top: 0, bottom: innerHeight }
    const top = Math.max(0, frame.top - box.top - margin)
    return [top, Math.min(this.sizes.height, frame.bottom - box.top + margin)]
  }

  /** Makes elements of what is in view, unless that is there already. */
  paint(isForced = true) {
    const [top, bottom] = this.visible()
    const isThere = this.drawn && this.drawn.top <= Math.max(0, top + margin / 2) &&
      this.drawn.bottom >= Math.min(this.sizes.height, bottom - margin / 2)
    if (isThere && !isForced) return
    this.drawn = { top, bottom }
    const chosen = this.rows[this.state.at]
    const step = chosen && !chosen.hidden ? chosen.step : null
    this.chain = step == null ? { steps: [], messages: new Set() } : causesOf(this.trace, step)
    const lit = { steps: new Set(this.chain.steps), messages: this.chain.messages }
    this.body.classList.toggle('tracing', lit.steps.size > 0)
    this.paintRows(top, bottom, lit)
    this.paintMarks(top, bottom, lit.steps.size ? lit : nothingLit)
  }

  paintRows(top, bottom, lit) {
    const begin = Math.max(0, firstRow(this.rows, row => row.y + row.height > top) - 1)
    const rows = []
    const caused = new Set([...lit.steps].map(step => this.rowOfStep.get(step)))
    for (let i = begin; i < this.rows.length && this.rows[i].y - 40 < bottom; ++i) {
      rows.push(this.rowElement(i, caused.has(i)))
    }
    if (this.state.at != null && this.rows[this.state.at]) {
      this.body.setAttribute('aria-activedescendant', `${this.id}-${this.state.at}`)
    } else this.body.removeAttribute('aria-activedescendant')
    this.body.replaceChildren(...rows)
  }

  /** A drawing of what is in view alone: one as high as a long run would be too high for it. */
  paintMarks(top, bottom, lit) {
    const height = Math.max(1, bottom - top)
    const { right } = this.layout
    const drawing = svg('svg', {
      width: right, height, viewBox: `0 ${top} ${right} ${height}`, class: 'lines',
      'aria-hidden': 'true'
    }, markDefinitions(this.id))
    drawing.style.top = `${top}px`
    const inView = this.marksBetween(top, bottom)
    const steps = inView.findIndex(mark => mark.layer === 5)
    const elements = inView.map(mark => mark.draw(lit))
    const before = steps < 0 ? elements.length : steps
    elements.splice(before, 0, ...threadsOf(this, lit))
    drawing.append(...elements)
    this.body.append(drawing)
  }

  marksBetween(top, bottom) {
    const covered = new Set()
    return this.marks.filter(mark => {
      if (mark.bottom < top || mark.top > bottom) return false
      const isThrough = mark.covers && mark.top < top && mark.bottom > bottom
      if (isThrough && covered.has(mark.covers)) return false
      if (isThrough) covered.add(mark.covers)
      return true
    })
  }

  rowElement(index, isCause) {
    const row = this.rows[index]
    const { layout, options } = this
    const isChosen = index === this.state.at
    const broken = stepsOfRow(row).flatMap(step => row.hidden ? [] : this.broken.get(step) ?? [])
    const isFork = row.step != null && row.step === options.differs
    const names = ['row', row.type, isChosen && 'here', isCause && 'cause', isFork && 'fork',
      row.isCrowded && this.isTrueTime && 'crowded'].filter(Boolean)
    const telling = this.telling(row, broken)
    const element = el('div', {
      class: names.join(' '), role: 'row', id: `${this.id}-${index}`, 'aria-rowindex': index + 1,
      'aria-selected': String(isChosen), onclick: () => this.choose(index)
    },
      !options.compact && el('span', { class: 'time', role: 'gridcell' }, seconds(row.at)),
      el('span', { class: layout.showsWords ? 'tell' : 'for-readers', role: 'gridcell' }, telling),
      this.strip(row),
      row.step != null && !row.hidden && !layout.isNarrow && options.actions &&
        el('span', { class: 'actions', role: 'gridcell' }, options.actions(row.step)))
    element.style.top = `${row.y - this.sizes.unit / 2}px`
    element.style.height = `${this.isTrueTime ? this.sizes.unit : row.height}px`
    element.style.setProperty('--x', `${layout.right + 8}px`)
    return element
  }

  /** Where there is no room for words, faults have theirs across the lanes. */
  strip(row) {
    if (this.layout.showsWords || this.options.compact || row.type !== 'fault') return null
    const fault = this.trace.faults[row.fault]
    const text = row.isOver ? `${fault.id} ends` : fault.deed
    return el('span', { class: 'strip', 'aria-hidden': 'true' }, text)
  }

  /** The words of a row, flags first: what became of the order, then what did it. */
  telling(row, broken) {
    if (row.type === 'note') return [el('span', { class: 'quiet' }, row.text)]
    if (row.hidden) return this.hiddenTelling(row)
    if (row.type === 'fault') {
      const fault = this.trace.faults[row.fault]
      const flag = el('span', { class: 'flag fault' }, row.isOver ? 'fault ends' : 'fault')
      return [flag, row.isOver ? fault.id : fault.deed]
    }
    const step = this.trace.steps[row.step]
    const name = this.trace.nodes[step.node].name
    const isOfMany = this.orders === 'all' || this.orders.length > 1
    return [
      el('b', {}, name), ' ',
      row.type === 'fall' && el('span', { class: 'flag fault' }, 'fault'),
      flagsOf(step, this.isTold).map(flag => el('span', { class: `flag ${flag.kind}` }, flag.text)),
      broken.length > 0 && el('span', { class: 'flag broken' },
        brokenWords(broken)),
      row.steps && this.more(row, `${row.steps.length} times until ${seconds(this.lastOf(row))}`),
      this.rowWords(row, step, name),
      isOfMany && step.order && el('span', { class: 'of-order' }, `order ${step.order}`)
    ]
  }

  rowWords(row, step, name) {
    if (row.type === 'fall') return this.trace.faults[row.fault].deed.replace(`${name} `, '')
    return stepWords(this.trace, step, this.isTold)
  }

  lastOf(row) {
    return this.trace.steps[row.steps.at(-1)].at
  }

  hiddenTelling(row) {
    return [this.more(row, `${row.hidden.length} lines about faults and nodes`),
      ` until ${seconds(row.hidden.at(-1).at)}`]
  }

  /** A button that unfolds a row. */
  more(row, text) {
    const onclick = event => {
      event.stopPropagation()
      this.state.open.add(row.key)
      this.redraw()
    }
    return [el('button', { class: 'more', type: 'button', tabindex: -1, onclick }, text), ' ']
  }

  // ── choosing ──

  /** Chooses a row; `isFollowed`, and brings it into view. */
  choose(index, isFollowed = false) {
    if (!this.rows.length) return
    this.state.at = Math.max(0, Math.min(this.rows.length - 1, index))
    if (isFollowed) this.bringIntoView()
    this.paint()
    this.tellChoice()
  }

  tellChoice() {
    const row = this.rows[this.state.at]
    const broken = row.hidden ? [] : stepsOfRow(row).flatMap(step => this.broken.get(step) ?? [])
    this.options.onselect?.({
      row, index: this.state.at, count: this.rows.length, chain: this.chain, broken
    })
  }

  bringIntoView() {
    const row = this.rows[this.state.at]
    const { scroller } = this.options
    const box = this.body.getBoundingClientRect()
    const frame = scroller ? scroller.getBoundingClientRect() : { top: 0, bottom: innerHeight }
    const top = frame.top + 110
    const bottom = frame.bottom - (this.options.roomBelow?.() ?? 24) - row.height
    const at = box.top + row.y
    if (at >= top && at <= bottom) return
    (scroller ?? window).scrollBy({ top: at - (top + bottom) / 2, behavior: 'instant' })
  }

  /** So many rows on. */
  step(by) {
    this.choose(this.state.at == null ? 0 : this.state.at + by, true)
  }

  /** The row of a step; false if it is not told. */
  to(step) {
    const row = this.rowOfStep.get(step)
    if (row != null) this.choose(row, true)
    return row != null
  }

  /** The next row that begins a fault. */
  toNextFault() {
    const begins = row => row.type === 'fall' || (row.type === 'fault' && !row.isOver)
    const after = this.rows.findIndex((row, i) => i > (this.state.at ?? -1) && begins(row))
    const found = after < 0 ? this.rows.findIndex(begins) : after
    if (found >= 0) this.choose(found, true)
  }

  /** The first step that breaks something, or else the one at which the client learns. */
  toWorst() {
    const isTold = row => row.step != null && !row.hidden &&
      flagsOf(this.trace.steps[row.step], this.isTold).some(flag => flag.kind === 'told')
    let found = this.rows.findIndex(row =>
      !row.hidden && stepsOfRow(row).some(step => this.broken.has(step)))
    if (found < 0) found = this.rows.findIndex(isTold)
    this.choose(Math.max(0, found), true)
  }

  setTrueTime(isTrueTime) {
    this.state.isTrueTime = isTrueTime
    this.redraw()
  }

  setFolded(isFolded) {
    this.state.isFolded = isFolded
    this.state.open.clear()
    this.redraw()
  }

  /** Steps on by itself until the end. */
  play(isPlaying) {
    clearInterval(this.state.timer)
    this.state.timer = isPlaying ? setInterval(() => {
      if (this.state.at >= this.rows.length - 1) this.play(false)
      else this.step(1)
    }, 700) : null
    this.options.onplay?.(isPlaying)
  }

  get isPlaying() {
    return this.state.timer != null
  }

  // ── what comes from outside ──

  listen() {
    const { signal } = this.listeners
    const scroller = this.options.scroller ?? window
    let isWaiting = false
    const later = () => {
      if (isWaiting) return
      isWaiting = true
      requestAnimationFrame(() => {
        isWaiting = false
        if (this.body.isConnected) this.paint(false)
      })
    }
    scroller.addEventListener('scroll', later, { signal, passive: true })
    addEventListener('resize', later, { signal })
    addEventListener('beforeprint', () => { this.isPrinting = true; this.paint() }, { signal })
    addEventListener('afterprint', () => { this.isPrinting = false; this.paint() }, { signal })
    if (!this.options.compact) {
      this.body.addEventListener('keydown', event => this.onKey(event), { signal })
    }
    let width = this.host.clientWidth
    this.watcher = new ResizeObserver(() => {
      if (!this.body.isConnected) return this.close()
      if (this.host.clientWidth === width) return
      width = this.host.clientWidth
      this.redraw()
    })
    this.watcher.observe(this.host)
  }

  onKey(event) {
    const keys = {
      ArrowDown: () => this.step(1), ArrowRight: () => this.step(1),
      ArrowUp: () => this.step(-1), ArrowLeft: () => this.step(-1),
      PageDown: () => this.step(12), PageUp: () => this.step(-12),
      Home: () => this.choose(0, true), End: () => this.choose(this.rows.length - 1, true),
      f: () => this.toNextFault(), ' ': () => this.play(!this.isPlaying)
    }
    const act = keys[event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act()
  }

  /** Stops listening; nothing of it goes on when it has left the page. */
  close() {
    this.listeners.abort()
    this.watcher.disconnect()
    clearInterval(this.state.timer)
  }
}
