import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
} from 'quickjs-emscripten-core';
import { quote } from '../refusal.ts';
import { keepImage, layoutOf, type MemoryImage, type MemoryLayout, putBack, putBackClean } from './memory-image.ts';
import { prelude } from './prelude.ts';
import type { ScriptAnswer, ScriptCall } from './sandbox.ts';

export type Limits = {
  /** For reading a script and running what stands outside its functions. */
  readonly loadMs: number;
  /** For one uplink. Checked every few thousand steps of the script. */
  readonly callMs: number;
  /** For a script's code and everything it holds. */
  readonly memoryBytes: number;
  readonly stackBytes: number;
  /** Characters of an answer, as JSON. */
  readonly answerCharacters: number;
};

export const usualLimits: Limits = {
  loadMs: 1_000,
  callMs: 100,
  memoryBytes: 8 * 1_024 * 1_024,
  stackBytes: 256 * 1_024,
  answerCharacters: 64 * 1_024,
};

/** Loaded scripts that are kept; beyond, the one that was not used for longest is loaded anew. */
const KEPT_SCRIPTS = 64;

type Fault = Extract<ScriptAnswer, { ok: false }>;
type Loaded = { readonly image: MemoryImage } | { readonly refusal: Fault };

/** One WebAssembly instance with an interpreter in it, and the state in which it stood before any script. */
type Engine = {
  readonly memory: WebAssembly.Memory;
  readonly context: QuickJSContext;
  readonly run: QuickJSHandle;
  readonly layout: MemoryLayout;
  readonly pristine: MemoryImage;
  readonly scripts: Map<string, Loaded>;
};

/** Runs one script for one frame at a time, in the thread that calls it. */
export type Machine = { readonly run: (call: ScriptCall) => Promise<ScriptAnswer> };

const broken = (reason: string): Fault => ({ ok: false, fault: 'broken', reason });
const beyond = (reason: string): Fault => ({ ok: false, fault: 'limit', reason });

/**
 * QuickJS in WebAssembly. The interpreter has no way out of its memory; before each uplink that memory is put back to what it was
 * when the script had just been loaded, so that neither a variable nor a changed prototype outlives the uplink. All scripts share one
 * instance, and never see each other: loading one begins with the memory from before any.
 * @param now milliseconds on any clock that goes forward; measures how long scripts run.
 */
export const openMachine = (limits: Limits = usualLimits, now: () => number = () => performance.now()): Machine => {
  let deadline = Number.POSITIVE_INFINITY;
  const isOver = (): boolean => now() > deadline;
  let current: Engine | undefined;

  const load = (engine: Engine, { script, version }: ScriptCall): Loaded => {
    const { scripts, memory, context, layout, pristine } = engine;
    const known = scripts.get(version);
    if (known !== undefined) {
      scripts.delete(version);
      scripts.set(version, known);
      return known;
    }
    putBackClean(memory, pristine);
    deadline = now() + limits.loadMs;
    const fault = evaluate(context, script, limits.loadMs, isOver);
    const loaded: Loaded = fault === undefined ? { image: keepImage(memory, layout) } : { refusal: fault };
    // One that took too long may have had a bad moment: it is loaded again.
    if (fault === undefined || fault.fault === 'broken') scripts.set(version, loaded);
    for (const oldest of scripts.keys()) {
      if (scripts.size <= KEPT_SCRIPTS) break;
      scripts.delete(oldest);
    }
    return loaded;
  };

  const execute = (engine: Engine, call: ScriptCall): ScriptAnswer => {
    const loaded = load(engine, call);
    if ('refusal' in loaded) return loaded.refusal;
    const { memory, context, run } = engine;
    putBack(memory, loaded.image);
    deadline = now() + limits.callMs;
    // None of these handles is given back: putting the memory back frees everything at once.
    const result = context.callFunction(
      run,
      context.undefined,
      context.newNumber(call.fPort),
      context.newNumber(call.receivedAt),
      context.newString(Buffer.from(call.bytes).toString('hex')),
    );
    if (result.error) return faultOf(context, result.error, limits.callMs, isOver());
    if (context.typeof(result.value) !== 'string') return broken('it gives no answer');
    return readAnswer(context.getString(result.value), limits);
  };

  return {
    run: async (call) => {
      // The last call's deadline is none of a new instance's, which would never come up.
      if (current === undefined) deadline = Number.POSITIVE_INFINITY;
      current ??= await startEngine(limits, isOver);
      const engine = current;
      try {
        return execute(engine, call);
      } catch (error) {
        // The instance itself gave up (a trap): whatever it holds is not to be trusted any more.
        current = undefined;
        const words = error instanceof Error ? error.message.slice(0, 200) : 'for no reason known';
        return beyond(/call stack/.test(words) ? 'it calls itself too deeply' : `its sandbox gave up: ${words}`);
      }
    },
  };
};

/** 16 MB, what the interpreter is built for: its own stack, the scripts' memory, and never more. */
const MEMORY_PAGES = 256;

const startEngine = async (limits: Limits, isOver: () => boolean): Promise<Engine> => {
  const memory = new WebAssembly.Memory({ initial: MEMORY_PAGES, maximum: MEMORY_PAGES });
  const quickjs = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory: memory }));
  const layout = layoutOf(memory);
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(limits.memoryBytes);
  runtime.setMaxStackSize(limits.stackBytes);
  runtime.setInterruptHandler(isOver);
  const context = runtime.newContext({
    intrinsics: {
      BaseObjects: true,
      Date: true,
      Eval: true,
      StringNormalize: true,
      RegExp: true,
      JSON: true,
      MapSet: true,
      TypedArrays: true,
      Promise: true,
      BigInt: true,
    },
  });
  const run = context.unwrapResult(context.evalCode(prelude, 'sandbox.js'));
  // Handles that are made when first asked for belong into the image.
  context.typeof(context.undefined);
  return { memory, context, run, layout, pristine: keepImage(memory, layout), scripts: new Map() };
};

/** Runs a script's outermost statements; `undefined` when they went well. */
const evaluate = (
  context: QuickJSContext,
  script: string,
  limitMs: number,
  isOver: () => boolean,
): Fault | undefined => {
  const result = context.evalCode(script, 'codec.js', { type: 'global' });
  return result.error ? faultOf(context, result.error, limitMs, isOver()) : undefined;
};

const textOf = (context: QuickJSContext, holder: QuickJSHandle, key: string): string => {
  const value = context.getProp(holder, key);
  return context.typeof(value) === 'string' ? context.getString(value).slice(0, 300) : '';
};

/** What a script threw, in words. Its own getters may throw again, or take their time until the deadline. */
const faultOf = (context: QuickJSContext, thrown: QuickJSHandle, limitMs: number, isOver: boolean): Fault => {
  const tooLong = beyond(`it ran for longer than ${limitMs} ms`);
  if (isOver) return tooLong;
  try {
    const type = context.typeof(thrown);
    if (type !== 'object') {
      const text = type === 'symbol' ? 'a symbol' : quote(context.getString(thrown).slice(0, 200));
      return broken(`it throws ${text}`);
    }
    const name = textOf(context, thrown, 'name');
    const message = textOf(context, thrown, 'message');
    if (message === 'out of memory') return beyond('it needs more memory than it may have');
    if (/stack overflow|Maximum call stack size/.test(message)) return beyond('it calls itself too deeply');
    return broken(
      name + message === '' ? 'it throws something without a message' : `it throws ${quote(`${name}: ${message}`)}`,
    );
  } catch {
    return broken('it throws something that cannot be read');
  }
};

/** No mapping goes deeper, and what is handed on must not exhaust the stack of those who walk it. */
const MAX_DEPTH = 32;

/** Whether a JSON text nests deeper than that; brackets within its strings do not count. */
const isTooDeep = (text: string): boolean => {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
};

const readAnswer = (text: string, { answerCharacters }: Limits): ScriptAnswer => {
  if (text.length > answerCharacters) {
    return beyond(`its answer has ${text.length} characters, at most ${answerCharacters} are taken`);
  }
  if (isTooDeep(text)) return beyond(`its answer is nested deeper than ${MAX_DEPTH}`);
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return broken('its answer is not JSON');
  }
  if (typeof answer !== 'object' || answer === null) return broken('it gives no answer');
  if ('broken' in answer) return broken(String(answer.broken).slice(0, 300));
  if ('errors' in answer) return { ok: false, fault: 'refused', reason: texts(answer.errors).map(quote).join('; ') };
  return {
    ok: true,
    data: 'data' in answer ? answer.data : undefined,
    warnings: 'warnings' in answer ? texts(answer.warnings) : [],
  };
};

const texts = (list: unknown): readonly string[] => (Array.isArray(list) ? list.map(String) : []);
