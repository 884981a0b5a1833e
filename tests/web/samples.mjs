// Data of pages, made by hand.

/** A run of so many steps of one node, in the form of docs/trace-json.md. */
export function longRun(count, name = 'orders') {
  const steps = Array.from({ length: count }, (_, i) => ({
    id: i, at: i * 1e6, node: 0, type: 'timer', order: 1, kind: `tick_${i}`, effects: []
  }))
  return {
    format: 1, program: 'indoubt', scenario: name, file: 'long.json',
    protocol: { name: 'none' }, cell: { number: 1, of: 1 }, seed: 1, command: 'indoubt',
    followed: { orders: [1], why: 'all' }, quiet: null, order_count: 1,
    end: { reason: 'rest', at: count * 1e6, text: 'came to rest', events: count, digest: '0' },
    nodes: [{ name, role: 'coordinator', machine: 0 }],
    orders: [{ order: 1, outcome: 'unknown', requested: 0, answered: null, hindrance: 'none' }],
    verdicts: [], faults: [], steps, messages: [], forces: [], spans: []
  }
}
