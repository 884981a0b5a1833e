// The simulator in WebAssembly: text in, text out. It runs in a worker of the lab, and in tests.

/**
 * Makes the engine of its module's bytes, and gives what answers questions. What the module asks of
 * its surroundings it asks in vain: it has no files, no clock and no arguments.
 */
export async function startEngine(bytes) {
  const notThere = 52 // WASI's ENOSYS
  const module = await WebAssembly.compile(bytes)
  const surroundings = {}
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== 'function') continue
    surroundings[from] ??= {}
    surroundings[from][name] = from === 'env' ? () => -notThere : () => notThere
  }
  let engine
  /** No arguments and no variables: both are counted, and there are none. */
  const noneOfThem = (count, size) => {
    new Uint32Array(engine.memory.buffer)[count >> 2] = 0
    new Uint32Array(engine.memory.buffer)[size >> 2] = 0
    return 0
  }
  const wasi = surroundings.wasi_snapshot_preview1 ?? {}
  if (wasi.environ_sizes_get) wasi.environ_sizes_get = noneOfThem
  if (wasi.environ_get) wasi.environ_get = () => 0
  engine = (await WebAssembly.instantiate(module, surroundings)).exports
  engine._initialize?.()
  const encoder = new TextEncoder(), decoder = new TextDecoder()
  return function answer(question) {
    const asked = encoder.encode(question)
    const at = engine.room_for(asked.length)
    new Uint8Array(engine.memory.buffer, at, asked.length).set(asked)
    const length = engine.answer()
    return decoder.decode(new Uint8Array(engine.memory.buffer, engine.answer_at(), length))
  }
}

/** Bytes that were compressed with gzip. */
export async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
