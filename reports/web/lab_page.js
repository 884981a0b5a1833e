import { Diagram } from './diagram.js'
import { el, fill, pageData } from './dom.js'
import { showChoice } from './inspector.js'
import { effectActions, makeMenu, rowActions } from './lab_actions.js'
import { drawComparison, rowsToCompare } from './lab_compare.js'
import { drawDials } from './lab_dials.js'
import { makeEditor } from './lab_editor.js'
import { entriesByKey } from './lab_faults.js'
import { makeHistory, scenarioInLink } from './lab_history.js'
import { drawLesson } from './lab_lessons.js'
import { drawMap } from './lab_map.js'
import { drawVerdicts } from './lab_verdicts.js'
import { startWorker } from './lab_worker.js'
import { labLink } from './links.js'

// The lab: the simulator in the page. A scenario is edited, its run is drawn, and what any single
// fault would do is shown beforehand.

const firstSlice = 60
const sliceMs = 60 // how long a slice of the map should take
const largestMap = 6000 // faults, beyond which the map is made only when it is asked for
const seedsToCompare = 20

class Lab {
  constructor(data, worker) {
    this.data = data
    this.worker = worker
    this.history = makeHistory(scenarioInLink(location.hash) ?? data.scenario)
    this.generation = 0
    this.lesson = null
    this.guess = null
    this.followed = null // an order
    this.build()
  }

  // ── the page ──

  build() {
    this.parts = {}
    const part = (name, tag, attributes = {}, ...children) =>
      this.parts[name] = el(tag, attributes, ...children)
    const button = (name, text, onclick, title) => part(name, 'button',
      { type: 'button', class: 'button', onclick, title }, text)
    const lessons = part('lessons', 'select', { 'aria-label': 'Lessons',
      onchange: event => this.takeLesson(+event.target.value) },
    el('option', { value: -1 }, 'lessons'),
    this.data.lessons.map((lesson, i) => el('option', { value: i }, `${i + 1}. ${lesson.title}`)))
    const tabs = part('tabs', 'div', { class: 'lab-tabs button-row', role: 'group',
      'aria-label': 'Panes' }, [['scenario', 'scenario'], ['run', 'run'], ['verdicts', 'verdicts']]
      .map(([pane, text]) => el('button', { type: 'button', class: 'button', 'data-pane': pane,
        'aria-pressed': String(pane === 'run'), onclick: () => this.showPane(pane) }, text)))
    const bar = el('header', { class: 'top-bar' }, el('div', {},
      el('h1', { class: 'brand' }, 'indoubt ', el('span', { class: 'quiet' }, 'lab')),
      el('div', { class: 'button-row', role: 'toolbar', 'aria-label': 'Lab' },
        button('undo', 'undo', () => this.undo(), 'Ctrl+Z'),
        button('find', 'find it for me', () => this.findOrStop(),
          'looks for the fewest faults that break something'),
        button('compare', 'compare', () => this.compare(), 'every protocol on this scenario'),
        button('share', 'share', () => this.share(), 'puts the scenario into the link'),
        button('save', 'save', () => this.save(), 'a file that indoubt run replays'),
        lessons),
      tabs,
      part('hint', 'span', { class: 'note push lab-hint', role: 'status' })))
    const panes = part('panes', 'div', { class: 'lab-panes', 'data-pane': 'run' },
      el('section', { class: 'lab-pane scenario', 'aria-label': 'Scenario' },
        part('dials', 'div', { class: 'dials' }), part('editor', 'div')),
      el('section', { class: 'lab-pane run', 'aria-label': 'The run' },
        part('faults', 'div', { class: 'lab-faults' }), part('diagram', 'div')),
      el('section', { class: 'lab-pane verdicts', 'aria-label': 'What became of it' },
        part('verdicts', 'div', { 'aria-live': 'polite' }),
        part('mapHead', 'h3', {}, 'Every single fault'), part('map', 'div'),
        part('look', 'aside', { class: 'look', 'aria-label': 'The chosen step' })))
    document.body.append(bar, el('main', { class: 'lab' },
      part('lesson', 'section', { class: 'lesson', 'aria-label': 'Lesson', hidden: true }),
      panes,
      part('comparison', 'section', { class: 'lab-comparison', 'aria-label': 'Comparison',
        hidden: true })))
    this.editor = makeEditor(this.parts.editor, {
      onedit: text => this.typed(text), known: () => this.known })
    this.menu = makeMenu(fault => this.addFault(fault))
    addEventListener('keydown', event => this.onKey(event))
    addEventListener('hashchange', () => this.openLink())
    const notePointer = event => { this.pointer = { x: event.clientX, y: event.clientY } }
    addEventListener('pointerdown', notePointer, true)
  }

  showPane(pane) {
    this.parts.panes.dataset.pane = pane
    for (const tab of this.parts.tabs.children) {
      tab.setAttribute('aria-pressed', String(tab.dataset.pane === pane))
    }
    this.diagram?.redraw()
  }

  hint(...words) {
    fill(this.parts.hint, ...words)
  }

  onKey(event) {
    const isUndo = (event.ctrlKey || event.metaKey) && event.key === 'z' && !event.shiftKey
    if (!isUndo) return
    event.preventDefault()
    this.undo()
  }

  // ── the text, and what follows from it ──

  async start() {
    this.editor.show(this.history.now())
    this.known = await this.worker.ask({ do: 'know' })
    await this.refresh()
  }

  typed(text) {
    this.history.put(text, true)
    this.refresh()
  }

  /** Another text, made by a click; `lines` are those that are new in it. */
  change(text, lines = null) {
    this.history.put(text)
    this.editor.show(text, lines)
    return this.refresh()
  }

  undo() {
    if (!this.history.canUndo()) return
    this.editor.show(this.history.undo())
    this.refresh()
  }

  openLink() {
    const text = scenarioInLink(location.hash)
    if (text !== null && text !== this.history.now()) this.change(text)
  }

  /** Whether the text has changed since; then an answer comes too late. */
  isLate(generation) {
    return generation !== this.generation
  }

  about(question) {
    return this.worker.ask({ scenario: this.history.now(), ...question })
  }

  /** Reads the text and makes its run anew. The last one wins. */
  async refresh() {
    const generation = ++this.generation
    this.parts.undo.disabled = !this.history.canUndo()
    const [read, run] = await Promise.all([this.about({ do: 'read' }), this.askRun()])
    if (this.isLate(generation)) return
    const problems = read.diagnostics ?? []
    this.editor.showProblems(problems)
    const isWrong = problems.some(one => one.severity === 'error')
    this.parts.panes.classList.toggle('stale', isWrong)
    for (const name of ['find', 'compare', 'share', 'save']) this.parts[name].disabled = isWrong
    if (isWrong) return this.hint('The run is that of the last scenario that could be read.')
    if (run.error) return this.hint(run.error)
    this.scenario = read
    this.digest = run.digest
    this.map = null
    drawDials(this.parts.dials, read, this.known.families, (path, value) => this.set(path, value))
    this.drawFaults()
    this.drawRun(run.trace)
    this.hint(`digest ${run.digest}`)
    if (!this.isHidden()) this.makeMap(generation) // in the background
  }

  async set(path, value) {
    const edited = await this.about({ do: 'set', path, value })
    if (edited.error) return this.hint(edited.error)
    await this.change(edited.scenario, { first: edited.first_line, last: edited.last_line })
  }

  async addFault(fault) {
    const edited = await this.about({ do: 'with', fault })
    if (edited.error) return this.hint(edited.error)
    await this.change(edited.scenario, { first: edited.first_line, last: edited.last_line })
  }

  async removeFault(id) {
    const edited = await this.about({ do: 'without', id })
    if (edited.error) return this.hint(edited.error)
    await this.change(edited.scenario)
  }

  // ── the run ──

  /** A lesson's run is not shown before there is a guess. */
  isHidden() {
    return this.lesson !== null && this.guess === null
  }

  drawFaults() {
    const { faults, notes } = this.scenario
    fill(this.parts.faults,
      faults.length === 0 && el('p', { class: 'note' }, 'No faults. Click what happens to break ' +
        'it: the marks say what a crash there, or the loss of what is sent, would do.'),
      faults.map(({ id, sentence }) => el('span', { class: 'fault-chip' },
        el('span', {}, sentence),
        el('button', { type: 'button', 'aria-label': `take ${id} out`, title: `take ${id} out`,
          onclick: () => this.removeFault(id) }, '×'))),
      notes.map(note => el('p', { class: 'note' }, note)))
  }

  drawRun(trace) {
    this.trace = trace
    const isHidden = this.isHidden()
    this.parts.panes.classList.toggle('hidden-run', isHidden)
    this.parts.mapHead.hidden = isHidden
    if (isHidden) {
      fill(this.parts.verdicts, el('h2', {}, 'Guess first'),
        el('p', {}, 'The run is shown when you have chosen an answer.'))
      fill(this.parts.map)
      fill(this.parts.look)
      return
    }
    drawVerdicts(this.parts.verdicts, trace, {
      onorder: order => this.follow(order),
      onstep: step => { this.showPane('run'); this.diagram.to(step) } })
    if (this.diagram) this.diagram.update(trace, trace.followed.orders)
    else this.diagram = this.makeDiagram(trace)
    this.look(false)
  }

  makeDiagram(trace) {
    const onfault = fault => this.addFault(fault)
    const diagram = new Diagram(this.parts.diagram, trace, {
      onselect: choice => this.showStep(choice),
      onpick: (type, thing) => this.pick(type, thing),
      actions: index => rowActions(this.trace, this.map, index, onfault) })
    return diagram
  }

  /** Chooses the step that matters most, without scrolling there. */
  look(isFollowed) {
    const { diagram } = this
    const worst = diagram.rows.findIndex(row => row.step != null && diagram.broken.has(row.step))
    if (worst >= 0) diagram.choose(worst, isFollowed)
    else fill(this.parts.look)
  }

  showStep(choice) {
    showChoice(this.parts.look, this.diagram, choice, {
      extra: (index, effect) => effectActions(this.trace, this.map, this.trace.steps[index], effect,
        fault => this.addFault(fault)) })
  }

  pick(type, thing) {
    if (type === 'step') this.diagram.to(thing)
    this.menu.show(this.trace, this.map, type, thing, this.pointer ?? { x: 0, y: 0 })
  }

  /** The run, told of the order that was chosen, if it has that. */
  async askRun() {
    const orders = this.followed ? [this.followed] : null
    const run = await this.about({ do: 'run', orders })
    return run.error && orders ? this.about({ do: 'run' }) : run
  }

  /** Lets the diagram tell another order of the same run; once more, and it chooses by itself. */
  async follow(order) {
    const { generation } = this
    this.followed = this.followed === order ? null : order
    const run = await this.askRun()
    if (this.isLate(generation) || run.error) return
    this.drawRun(run.trace)
    this.showMap()
  }

  // ── the map of single faults ──

  /** Makes it slice by slice, so that an edit meanwhile is answered at once. */
  async makeMap(generation, isWhole = false) {
    let most = firstSlice
    let { map } = this
    do {
      const begun = performance.now()
      const slice = await this.about({ do: 'faults', from: map?.next ?? 0, most })
      if (this.isLate(generation) || slice.error) return
      const isFirst = !map
      map = { ...slice, entries: [...map?.entries ?? [], ...slice.entries] }
      map.byKey = entriesByKey(map.entries)
      this.map = map
      this.showMap(isFirst || map.next >= map.of)
      if (map.of > largestMap && !isWhole) return this.offerMap(generation)
      const pace = sliceMs / Math.max(performance.now() - begun, 1)
      most = Math.max(20, Math.min(2000, Math.round(most * Math.min(pace, 4))))
    } while (map.next < map.of)
  }

  offerMap(generation) {
    this.parts.map.append(el('button', { type: 'button', class: 'button',
      onclick: () => this.makeMap(generation, true) },
    `try all ${this.map.of.toLocaleString('en')}`))
  }

  /** Draws it; `isComplete` lets the rows of the diagram say what it says. */
  showMap(isComplete = true) {
    drawMap(this.parts.map, this.map, fault => this.addFault(fault))
    if (!isComplete) return
    const chosen = this.diagram.state.at
    this.diagram.redraw()
    if (chosen != null) this.diagram.tellChoice()
  }

  // ── find it for me ──

  async findOrStop() {
    if (this.finding) { this.finding = false; return }
    this.finding = true
    this.parts.find.textContent = 'stop'
    const { generation } = this
    const answer = await this.findInSlices(generation)
    this.finding = false
    this.parts.find.textContent = 'find it for me'
    if (!answer || this.isLate(generation)) return
    const { found, tried } = answer
    const runs = `${tried.toLocaleString('en')} runs`
    if (!found) return this.hint(`Nothing that was tried breaks anything new: ${runs}.`)
    await this.change(found.scenario)
    const faults = found.faults === 1 ? 'One fault is' : `${found.faults} faults are`
    this.hint(`${faults} enough to break ${found.property}, found in ${runs}.`)
  }

  async findInSlices(generation) {
    let position = null
    while (this.finding) {
      const answer = await this.about({ do: 'find', position })
      if (this.isLate(generation)) return null
      if (answer.error) { this.hint(answer.error); return null }
      if (answer.done) return answer
      ;({ position } = answer)
      const sets = answer.level ? `sets of ${answer.level}` : 'drawn sets'
      this.hint(el('progress', { value: Math.min(answer.tried, answer.of), max: answer.of,
        'aria-label': 'search' }), ` ${answer.tried.toLocaleString('en')} runs, ${sets}`)
    }
    this.hint('Stopped.')
    return null
  }

  // ── compare, share, save ──

  async compare() {
    const { generation, parts } = this
    const rows = rowsToCompare(this.known.families)
    const results = []
    parts.comparison.hidden = false
    for (const row of rows) {
      const result = await this.about({ do: 'compare', ...row, runs: seedsToCompare })
      if (this.isLate(generation) || parts.comparison.hidden) return
      if (result.error) continue
      results.push(result)
      drawComparison(parts.comparison, results, { of: rows.length,
        onchoose: one => this.set(['protocol'],
          one.variant ? { name: one.family, variant: one.variant } : { name: one.family }),
        onclose: () => { parts.comparison.hidden = true } })
    }
    parts.comparison.scrollIntoView({ block: 'nearest' })
  }

  async share() {
    const saved = await this.about({ do: 'save' })
    const hash = labLink(saved.text).split('#')[1]
    history.replaceState(null, '', `#${hash}`)
    const copied = () => this.hint('The link holds the scenario, and is copied.')
    this.hint('The link in the address bar now holds the scenario.')
    navigator.clipboard?.writeText(location.href).then(copied, () => {})
  }

  async save() {
    const saved = await this.about({ do: 'save' })
    const href = URL.createObjectURL(new Blob([saved.text], { type: 'application/json' }))
    el('a', { href, download: saved.file }).click()
    setTimeout(() => URL.revokeObjectURL(href), 1000)
    this.hint(`indoubt run ${saved.file} gives digest ${saved.digest}.`)
  }

  // ── lessons ──

  takeLesson(number) {
    this.lesson = number < 0 ? null : number
    this.guess = null
    this.parts.lessons.value = number
    this.showLesson()
    const text = this.lesson === null ? this.history.now() : this.data.lessons[number].scenario
    return this.change(text)
  }

  showLesson() {
    const { lesson, data } = this
    const hasNext = lesson !== null && lesson + 1 < data.lessons.length
    drawLesson(this.parts.lesson, lesson === null ? null : data.lessons[lesson], {
      number: (lesson ?? 0) + 1, guess: this.guess,
      onguess: guess => this.answer(guess),
      onnext: hasNext ? () => this.takeLesson(lesson + 1) : null,
      onleave: () => this.takeLesson(-1) })
  }

  answer(guess) {
    this.guess = guess
    this.showLesson()
    return this.refresh()
  }
}

/** Starts the lab, or says why it cannot be started. */
async function openLab() {
  const data = pageData()
  try {
    const lab = new Lab(data, await startWorker(data.engine))
    await lab.start()
  } catch (problem) {
    document.body.append(el('main', {}, el('h1', {}, 'The lab could not be started'),
      el('p', {}, 'It needs a browser with WebAssembly exceptions and compression streams: ' +
        'Chrome 95, Firefox 113, Safari 16.4 or newer.'), el('pre', {}, String(problem))))
  }
}

openLab()
