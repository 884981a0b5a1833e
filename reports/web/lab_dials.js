import { el, fill } from './dom.js'

// Sliders for what one changes most. What they set stands in the scenario's text.

const nanoseconds = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 }

/** A time as scenarios write it, in nanoseconds. */
function timeOf(text) {
  const [, number, unit] = /^(-?[\d.]+)(ns|us|ms|s|m|h)$/.exec(text) ?? []
  return number === undefined ? NaN : number * nanoseconds[unit]
}

const times = ['1ms', '2ms', '5ms', '10ms', '20ms', '50ms', '100ms', '200ms', '500ms', '1s', '2s',
  '5s', '10s', '20s', '30s', '1m']
const losses = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5]

/** The stops of a slider, with the value that is set among them. */
function stopsWith(stops, value, sizeOf) {
  if (stops.some(stop => sizeOf(stop) === sizeOf(value))) return stops
  return [...stops, value].sort((a, b) => sizeOf(a) - sizeOf(b))
}

/** A slider over stops; `onset(stop)` is called with the one that is chosen. */
function slider(name, { stops, value, words, title, onset }) {
  const at = stops.findIndex(stop => stop === value)
  const output = el('output', {}, words(value))
  const input = el('input', { type: 'range', min: 0, max: stops.length - 1, value: Math.max(at, 0),
    'aria-label': name, 'aria-valuetext': words(value), oninput: () => {
      output.textContent = words(stops[input.value])
      onset(stops[input.value])
    } })
  return el('label', { class: 'dial', title }, el('span', {}, name), output, input)
}

function timeDial(name, value, onset, title) {
  const known = value ?? '5ms'
  return slider(name, { stops: stopsWith(times, known, timeOf), value: known, title,
    words: stop => value == null && stop === known ? 'drawn' : stop, onset })
}

function seedDial(seed, onset) {
  const set = number => onset(Math.max(0, Math.trunc(number) || 0))
  const output = el('input', { type: 'number', min: 0, step: 1, value: seed,
    'aria-label': 'seed as a number', onchange: event => set(+event.target.value) })
  const turn = el('input', { type: 'range', min: 0, max: Math.max(200, seed), value: seed,
    'aria-label': 'seed', oninput: event => { output.value = event.target.value
      set(+event.target.value) } })
  return el('label', { class: 'dial' }, el('span', {}, 'seed'), output, turn)
}

/** The protocol, and which form of it. */
function choiceOfProtocol(scenario, families, onset) {
  const family = families.find(one => one.name === scenario.protocol)
  const choose = el('select', { 'aria-label': 'protocol',
    onchange: event => onset(['protocol'], { name: event.target.value }) },
  families.map(({ name }) => el('option', { value: name, selected: name === scenario.protocol },
    name)))
  const now = scenario.variant || 'hardened'
  const forms = (family?.variants ?? []).map(name => el('button', { type: 'button',
    class: 'button', 'aria-pressed': String(name === now),
    onclick: () => onset(['protocol', 'variant'], name) },
  name === 'as-published' ? 'as published' : name))
  return el('div', { class: 'button-row' }, choose, forms.length > 1 && forms)
}

/**
 * Draws the dials of a scenario as the engine reads it; `onset(path, value)` is called with what
 * they set. What one is turning stays under the hand: it is not drawn anew meanwhile.
 */
export function drawDials(parent, scenario, families, onset) {
  if (parent.contains(document.activeElement) && document.activeElement.type === 'range' &&
      document.activeElement.matches(':active')) return
  const focused = document.activeElement?.getAttribute('aria-label')
  const hadFocus = parent.contains(document.activeElement)
  const timeouts = scenario.settings.filter(one => one.is_time)
  const ttl = timeouts.find(one => one.name === 'reservation_ttl')
  const others = timeouts.filter(one => one !== ttl)
  const option = one => timeDial(one.name.replaceAll('_', ' '), one.value,
    value => onset(['protocol', 'options', one.name], value), one.doc)
  const isOpen = parent.querySelector('details')?.open
  fill(parent,
    choiceOfProtocol(scenario, families, onset),
    ttl && timeDial('a reservation lives for', ttl.value,
      value => onset(['protocol', 'options', ttl.name], value), ttl.doc),
    timeDial('a message travels', scenario.latency,
      value => onset(['network', 'latency'], value), 'network.latency'),
    slider('messages lost', { stops: stopsWith(losses, scenario.loss_ppb / 1e9, Number),
      value: scenario.loss_ppb / 1e9, words: stop => `${Math.round(stop * 1000) / 10} %`,
      title: 'network.loss', onset: value => onset(['network', 'loss'], value) }),
    seedDial(scenario.seed, value => onset(['sweep', 'seeds', 'first'], value)),
    others.length > 0 && el('details', { class: 'note', open: isOpen },
      el('summary', {}, `${others.length} more of ${scenario.protocol}`),
      el('div', { class: 'dials' }, others.map(option))))
  if (hadFocus) parent.querySelector(`[aria-label="${focused}"]`)?.focus()
}
