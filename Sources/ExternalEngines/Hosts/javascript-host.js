// A host of WebAssembly engines that are driven by JavaScript: it answers requests of the host protocol, version 1, one line each.
//
// Runs in node, deno, bun and the shells d8, jsc and js. It can also be evaluated inside another program: where the global
// `hostIsEmbedded` is true, it does not read lines itself, but leaves `hostBegin(line)` and `hostStep()` behind. `hostStep` gives the next
// line for standard error, or the answer, which begins with a brace.
//
// Nothing here needs an event loop, and what old shells lack (text coders, base64) is done by hand.
(function (world) {
    "use strict";

    const version = 1;

    // ---- Base64

    const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const digitValues = new Uint8Array(256);
    for (let value = 0; value < 64; value++) digitValues[digits.charCodeAt(value)] = value;

    function bytesFromBase64(text) {
        let length = text.length;
        while (length > 0 && text.charCodeAt(length - 1) === 61) length--;
        const bytes = new Uint8Array(Math.floor(length * 3 / 4));
        let written = 0;
        for (let position = 0; position < length; position += 4) {
            const bits = digitValues[text.charCodeAt(position) & 255] << 18
                | digitValues[text.charCodeAt(position + 1) & 255] << 12
                | (position + 2 < length ? digitValues[text.charCodeAt(position + 2) & 255] << 6 : 0)
                | (position + 3 < length ? digitValues[text.charCodeAt(position + 3) & 255] : 0);
            bytes[written++] = bits >> 16;
            if (written < bytes.length) bytes[written++] = bits >> 8;
            if (written < bytes.length) bytes[written++] = bits;
        }
        return bytes;
    }

    function base64(bytes) {
        const parts = [];
        let codes = [];
        for (let position = 0; position < bytes.length; position += 3) {
            const count = bytes.length - position;
            const bits = bytes[position] << 16 | (count > 1 ? bytes[position + 1] << 8 : 0) | (count > 2 ? bytes[position + 2] : 0);
            codes.push(
                digits.charCodeAt(bits >> 18),
                digits.charCodeAt(bits >> 12 & 63),
                count > 1 ? digits.charCodeAt(bits >> 6 & 63) : 61,
                count > 2 ? digits.charCodeAt(bits & 63) : 61
            );
            if (codes.length >= 8192) {
                parts.push(String.fromCharCode.apply(null, codes));
                codes = [];
            }
        }
        parts.push(String.fromCharCode.apply(null, codes));
        return parts.join("");
    }

    // ---- How a case ends before its observation is complete

    /** The outcome of a case that ends early. */
    class Stop {
        constructor(outcome, reason) {
            this.outcome = { outcome, reason };
        }
    }

    const refusal = (reason) => new Stop("refused", reason);

    /** What is said of an error. */
    const text = (error) => {
        try {
            return error instanceof Error ? error.name + ": " + core(error.message) : String(error);
        } catch (_) {
            return "an error without a text";
        }
    };

    // ---- Values

    /** What a reference of the host points at. */
    class External {
        constructor(number) {
            this.number = number;
        }
    }

    const view = new DataView(new ArrayBuffer(8));

    const hexadecimal = (bits) => (bits >>> 0).toString(16).padStart(8, "0");

    /** A function of the table that the case names for that; `run` is a Run. */
    function functionNumbered(number, run) {
        const table = run.functionTable();
        if (!table) throw refusal("a reference to a function, and there is no table of functions yet");
        return table.get(number);
    }

    /** Reads the text of a value. */
    function value(text, run) {
        const colon = text.indexOf(":");
        const digits = text.slice(colon + 1);
        const isBits = digits.startsWith("0x");
        const number = Number(digits);
        switch (text.slice(0, colon)) {
            case "i32":
                if (digits !== "" && Number.isInteger(number)) return number | 0;
                break;
            case "i64":
                return BigInt.asIntN(64, BigInt(digits));
            case "f32":
                if (isBits) {
                    view.setUint32(0, number);
                    return view.getFloat32(0);
                }
                if (number === number) return Math.fround(number);
                break;
            case "f64":
                if (isBits) {
                    view.setBigUint64(0, BigInt(digits));
                    return view.getFloat64(0);
                }
                if (number === number) return number;
                break;
            case "ref":
                if (digits === "null") return null;
                if (digits.startsWith("func-")) return functionNumbered(Number(digits.slice(5)), run);
                if (digits.startsWith("extern-")) return run.external(Number(digits.slice(7)));
                break;
        }
        throw new Error("not a value that can be given: " + text);
    }

    /** The text of a value of a type, which JavaScript does not tell. */
    function valueText(value, type, run) {
        switch (type) {
            case "i32":
                return "i32:" + value;
            case "i64":
                return "i64:" + value;
            case "f32":
                if (value !== value) return "f32:nan";
                view.setFloat32(0, value);
                return "f32:0x" + hexadecimal(view.getUint32(0));
            case "f64":
                if (value !== value) return "f64:nan";
                view.setFloat64(0, value);
                return "f64:0x" + hexadecimal(view.getUint32(0)) + hexadecimal(view.getUint32(4));
            default:
                return referenceText(value, run);
        }
    }

    function referenceText(value, run) {
        if (value === null) return "ref:null";
        if (typeof value === "function") {
            const number = run.numberOfFunction(value);
            return number === undefined ? "ref:opaque-func" : "ref:func-" + number;
        }
        if (value instanceof External) return "ref:extern-" + value.number;
        return "ref:opaque-extern";
    }

    // ---- Traps

    // What engines say, in small letters, and what the specification's test suite calls it. Left out is what one engine says for several
    // traps, and what differs between engines with the same words.
    const traps = {
        // V8
        "unreachable": "unreachable",
        "memory access out of bounds": "out of bounds memory access",
        "divide by zero": "integer divide by zero",
        "remainder by zero": "integer divide by zero",
        "divide result unrepresentable": "integer overflow",
        "array element access out of bounds": "out of bounds array access",
        "data segment out of bounds": "out of bounds memory access",
        // Of an array that is out of bounds as well, too.
        "element segment out of bounds": "trap",
        "null function": "uninitialized element",
        "rethrowing null value": "null exception reference",
        "illegal cast": "cast failure",
        // JavaScriptCore
        "unreachable code should not be executed": "unreachable",
        "out of bounds memory access": "out of bounds memory access",
        "out of bounds table access": "out of bounds table access",
        "out of bounds call_indirect": "undefined element",
        "call_indirect to a null table entry": "uninitialized element",
        // Of null, too, in some releases.
        "call_indirect to a signature that does not match": "trap",
        "call_ref to a null reference": "null function reference",
        "division by zero": "integer divide by zero",
        "array.get to a null reference": "null array reference",
        "array.set to a null reference": "null array reference",
        "array.len to a null reference": "null array reference",
        "array.fill to a null reference": "null array reference",
        "struct.get to a null reference": "null structure reference",
        "struct.set to a null reference": "null structure reference",
        "out of bounds array.get": "out of bounds array access",
        "out of bounds array.set": "out of bounds array access",
        "out of bounds array.fill": "out of bounds array access",
        "out of bounds array.copy": "out of bounds array access",
        "i31.get_<sx> to a null reference": "null i31 reference",
        "throw_ref on a null reference": "null exception reference",
        "ref.cast failed to cast reference to target heap type": "cast failure",
        "ref.as_non_null to a null reference": "null reference",
        // SpiderMonkey
        "unreachable executed": "unreachable",
        "integer divide by zero": "integer divide by zero",
        "integer overflow": "integer overflow",
        "invalid conversion to integer": "invalid conversion to integer",
        "table index out of bounds": "out of bounds table access",
        "indirect call to null": "uninitialized element",
        "indirect call signature mismatch": "indirect call type mismatch",
        "bad cast": "cast failure",
    };

    // What they say of segments that do not fit while an instance is made, with numbers in it.
    const segmentTraps = [
        [/^webassembly\.instance\(\): data segment (\d+ )?is out of bounds/, "out of bounds memory access"],
        [/^webassembly\.instance\(\): table index is out of bounds/, "out of bounds table access"],
        [/^invalid data segment initialization: /, "out of bounds memory access"],
        [/^element is trying to set an out of bounds table index/, "out of bounds table access"],
    ];

    /** A message without the place in the script, which JavaScriptCore adds. */
    const core = (message) => message.replace(/ \((evaluating|near) [^]*$/, "");

    /** The trap of a RuntimeError: `trap` where its message does not tell which one. */
    function trap(message) {
        const key = core(message).toLowerCase();
        if (Object.prototype.hasOwnProperty.call(traps, key)) return traps[key];
        for (const [pattern, name] of segmentTraps) {
            if (pattern.test(key)) return name;
        }
        return "trap";
    }

    // A function that traps. What a host throws can be caught by wasm, what traps cannot.
    const unreachable = [
        0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 0x75, 0, 0, 10, 5, 1, 3, 0, 0, 0x0b,
    ];
    let trapping;

    /** Ends the call of wasm that is under way, for what `run` then knows. */
    function interrupt(run, stop) {
        if (!trapping) trapping = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(unreachable))).exports.u;
        run.interruption = stop;
        trapping();
    }

    const isStackOverflow = (error) =>
        /^Maximum call stack size exceeded|^too much recursion|^Stack overflow/.test(error.message);

    /** How a call ended that threw something; throws a Stop where wasm has no such end. */
    function ending(error, run) {
        if (run.interruption) {
            if (run.interruption instanceof Stop) throw run.interruption;
            return run.interruption;
        }
        if (typeof WebAssembly.Exception === "function" && error instanceof WebAssembly.Exception) return thrown(error, run);
        if (!(error instanceof Error)) throw refusal("something was thrown that is no error: " + text(error));
        if (isStackOverflow(error)) return { end: "exhausted", reason: "call stack exhausted" };
        if (/^requested new array is too large|^too many array elements|^failed to allocate new /i.test(error.message)) {
            return { end: "exhausted", reason: core(error.message) };
        }
        if (error instanceof WebAssembly.RuntimeError) return { end: "trapped", trap: trap(error.message) };
        throw refusal(text(error));
    }

    function thrown(exception, run) {
        const exports = run.exports;
        for (const tag of run.tags) {
            if (!exports || !exception.is(exports[tag.name])) continue;
            const payload = tag.parameters.map((type, position) =>
                valueText(exception.getArg(exports[tag.name], position), type, run)
            );
            return { end: "threw", tag: tag.index, payload };
        }
        return { end: "threw", payload: [] };
    }

    // ---- What a case runs in

    const sortedBy = (key, array) => array.slice().sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));

    /** Compares names by their code points, not by the halves of surrogate pairs. */
    function compareNames(a, b) {
        const left = Array.from(a);
        const right = Array.from(b);
        for (let position = 0; position < left.length && position < right.length; position++) {
            const difference = left[position].codePointAt(0) - right[position].codePointAt(0);
            if (difference !== 0) return difference;
        }
        return left.length - right.length;
    }

    const byName = (array) => array.sort((a, b) => compareNames(a.name, b.name));

    /** The instance of a case that is at work, and what it has to do with its host. */
    class Run {
        constructor(test) {
            this.test = test;
            this.tags = sortedBy((tag) => tag.index, test.tags || []);
            this.externals = new Map();
            this.imports = this.importObject(test.imports || []);
            this.begin();
        }

        /** Forgets the instance. */
        begin() {
            this.exports = null;
            this.hostCalls = [];
            this.numbers = null;
            this.interruption = null;
        }

        external(number) {
            if (!this.externals.has(number)) this.externals.set(number, new External(number));
            return this.externals.get(number);
        }

        functionTable() {
            return this.exports && this.test.functions !== undefined ? this.exports[this.test.functions] : undefined;
        }

        /** The index of each function of the table, counted once for each instance, and only where one is asked for. */
        numbersOfFunctions() {
            if (this.numbers) return this.numbers;
            const numbers = new Map();
            const table = this.functionTable();
            for (let index = table ? table.length - 1 : -1; index >= 0; index--) {
                const element = table.get(index);
                if (element !== null) numbers.set(element, index);
            }
            if (this.exports) this.numbers = numbers;
            return numbers;
        }

        numberOfFunction(value) {
            const number = this.numbersOfFunctions().get(value);
            if (number !== undefined) return number;
            // In some releases of JavaScriptCore the function of a table is another object than what ref.func gives. Both are named by
            // the index of the function.
            const index = /^\d+$/.test(value.name) ? Number(value.name) : -1;
            const table = this.functionTable();
            const element = table && index >= 0 && index < table.length ? table.get(index) : null;
            return element !== null && element.name === value.name ? index : undefined;
        }

        importObject(entries) {
            const object = Object.create(null);
            const functions = new Map();
            const lists = new Map();
            for (const entry of entries) {
                const key = JSON.stringify([entry.module, entry.name, entry.ordinal, entry.parameters, entry.results, entry.answers]);
                if (!functions.has(key)) functions.set(key, this.hostFunction(entry));
                const place = JSON.stringify([entry.module, entry.name]);
                if (!lists.has(place)) lists.set(place, { entry, items: [] });
                lists.get(place).items.push(functions.get(key));
            }
            for (const { entry, items } of lists.values()) {
                const module = object[entry.module] || (object[entry.module] = Object.create(null));
                if (items.every((item) => item === items[0])) {
                    module[entry.name] = items[0];
                } else {
                    // One name for several functions: engines read it once for each import, in their order.
                    let next = 0;
                    Object.defineProperty(module, entry.name, { enumerable: true, get: () => items[next++ % items.length] });
                }
            }
            return object;
        }

        hostFunction(entry) {
            const { ordinal, parameters, answers } = entry;
            return (...values) => {
                this.hostCalls.push({ ordinal, parameters, values });
                const results = [];
                for (const answer of answers) {
                    if (answer === "missing") interrupt(this, { end: "trapped", trap: "no host value" });
                    try {
                        results.push(answer.startsWith("parameter:") ? values[Number(answer.slice(10))] : value(answer, this));
                    } catch (error) {
                        interrupt(this, error instanceof Stop ? error : refusal(text(error)));
                    }
                }
                return results.length < 2 ? results[0] : results;
            };
        }

        instantiate(module) {
            this.begin();
            try {
                this.exports = new WebAssembly.Instance(module, this.imports).exports;
                return null;
            } catch (error) {
                return ending(error, this);
            }
        }

        call(invocation) {
            const called = this.exports[invocation.export];
            if (typeof called !== "function") throw refusal("no exported function '" + invocation.export + "'");
            const values = invocation.arguments.map((argument) => value(argument, this));
            this.interruption = null;
            let result;
            try {
                result = called.apply(undefined, values);
            } catch (error) {
                return ending(error, this);
            }
            const types = invocation.results;
            const results = types.length === 0 ? [] : types.length === 1 ? [result] : Array.from(result);
            if (results.length !== types.length) throw refusal(results.length + " results, not " + types.length);
            return { end: "returned", values: results.map((each, position) => valueText(each, types[position], this)) };
        }

        /** What the instance shows; what is empty is left out. */
        state() {
            const state = {};
            const { exports, test } = this;
            const globals = (test.globals || []).map(({ name, type }) => ({
                name,
                value: valueText(exports[name].value, type, this),
            }));
            if (globals.length > 0) state.globals = byName(globals);
            const memories = [];
            for (const name of Object.keys(exports)) {
                if (exports[name] instanceof WebAssembly.Memory) memories.push(memoryState(name, exports[name].buffer));
            }
            if (memories.length > 0) state.memories = byName(memories);
            const tables = (test.tables || []).map(({ name, type }) => this.tableState(name, type, exports[name]));
            if (tables.length > 0) state.tables = byName(tables);
            if (this.hostCalls.length > 0) {
                state.hostCalls = this.hostCalls.map(({ ordinal, parameters, values }) => ({
                    importOrdinal: ordinal,
                    arguments: values.map((each, position) => valueText(each, parameters[position], this)),
                }));
            }
            return state;
        }

        tableState(name, type, table) {
            const elements = [];
            // Some engines count tables of 64-bit indices in BigInts.
            const isLarge = typeof table.length === "bigint";
            const count = Number(table.length);
            for (let position = 0; position < count; position++) {
                const element = table.get(isLarge ? BigInt(position) : position);
                if (element !== null) elements.push({ position, value: valueText(element, type, this) });
            }
            return { name, count, elements };
        }
    }

    const bytesPerBlock = 256;

    /** The size of a memory, and runs of blocks that are not all zero. */
    function memoryState(name, buffer) {
        const size = buffer.byteLength;
        const words = new Int32Array(buffer, 0, Math.floor(size / 4));
        const bytes = new Uint8Array(buffer);
        const pieces = [];
        let start = -1;
        const end = (offset) => {
            if (start >= 0) pieces.push({ offset: start, bytes: base64(bytes.subarray(start, offset)) });
            start = -1;
        };
        for (let offset = 0; offset < size; offset += bytesPerBlock) {
            if (isZero(words, bytes, offset, Math.min(offset + bytesPerBlock, size))) {
                end(offset);
            } else if (start < 0) {
                start = offset;
            }
        }
        end(size);
        return { name, size, pieces };
    }

    function isZero(words, bytes, start, end) {
        const lastWord = Math.floor(end / 4);
        for (let word = start / 4; word < lastWord; word++) {
            if (words[word] !== 0) return false;
        }
        for (let byte = lastWord * 4; byte < end; byte++) {
            if (bytes[byte] !== 0) return false;
        }
        return true;
    }

    // ---- Requests

    function compile(bytes) {
        try {
            return new WebAssembly.Module(bytes);
        } catch (error) {
            throw new Stop(error instanceof WebAssembly.CompileError ? "rejected" : "refused", text(error));
        }
    }

    /** Runs a case; gives the name of each phase before it begins, and at last the observation. */
    function* observe(test) {
        const bytes = bytesFromBase64(test.wasm);
        const run = new Run(test);
        const observation = { invocations: [], instances: [] };
        yield "compile";
        const module = compile(bytes);
        for (let number = 0; number < test.invocations.length || number === 0; number++) {
            const invocation = test.invocations[number];
            if (number === 0 || test.freshInstances) {
                if (number > 0) observation.instances.push(run.state());
                yield "instantiate";
                const end = run.instantiate(module);
                if (end) {
                    observation.instantiation = end;
                    return observation;
                }
                if (invocation) yield "execute";
            }
            if (!invocation) break;
            const end = run.call(invocation);
            observation.invocations.push(end);
            if (end.end === "exhausted" && !test.freshInstances) break;
        }
        observation.instances.push(run.state());
        return observation;
    }

    /** Gives lines for standard error, and returns the answer. */
    function* answer(line) {
        try {
            const request = JSON.parse(line);
            if (request.version !== version) {
                return { version, failure: "version " + request.version + " of the protocol, not " + version };
            }
            if (request.describe === true) return { version, description: description() };
            if (!request.case) return { version, failure: "neither 'case' nor 'describe' in the request" };
            const steps = observe(request.case);
            for (;;) {
                const step = steps.next();
                if (step.done) return { version, result: { outcome: "completed", observation: step.value } };
                yield "phase " + step.value + " " + (request.engine || "unknown");
            }
        } catch (error) {
            if (error instanceof Stop) return { version, result: error.outcome };
            return { version, failure: text(error) };
        }
    }

    /** A line of JSON in ASCII, so that no shell has to encode anything. */
    const lineOf = (object) =>
        JSON.stringify(object).replace(/[^\x00-\x7f]/g, (unit) => "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"));

    // ---- Shells

    function description() {
        const [name, release] = engine();
        return {
            name,
            release,
            values: ["i32", "i64", "f32", "f64", "funcref", "externref"],
            exactNaNs: false,
            providesFunctions: true,
            showsGlobals: true,
            showsTables: true,
            namesTraps: true,
        };
    }

    /** The name of the engine and its release. */
    function engine() {
        const versions = typeof world.process === "object" && world.process ? world.process.versions : undefined;
        if (typeof world.hostEngine === "object") return world.hostEngine;
        if (typeof world.Deno === "object") return ["V8", world.Deno.version.v8 + " (deno " + world.Deno.version.deno + ")"];
        if (typeof world.Bun === "object") {
            return ["JavaScriptCore", (versions.webkit || "unknown") + " (bun " + world.Bun.version + ")"];
        }
        if (versions && versions.v8) return ["V8", versions.v8 + " (node " + versions.node + ")"];
        const release = String((typeof world.version === "function" && world.version()) || "unknown");
        if (typeof world.d8 === "object") return ["V8", release];
        if (typeof world.wasmCompileMode === "function") return ["SpiderMonkey", release];
        if (typeof world.$vm === "object" || typeof world.noInline === "function") return ["JavaScriptCore", release];
        return ["unknown", release];
    }

    /** Lines from a function that reads bytes into an array, and gives their number, or 0 at the end. */
    function lineReader(read) {
        const decoder = new TextDecoder();
        let buffer = new Uint8Array(1 << 16);
        let start = 0;
        let end = 0;
        return () => {
            let searched = start;
            for (;;) {
                const feed = buffer.subarray(0, end).indexOf(10, searched);
                if (feed >= 0) {
                    const line = decoder.decode(buffer.subarray(start, feed));
                    start = feed + 1;
                    return line;
                }
                searched = end;
                if (start > 0) {
                    buffer.copyWithin(0, start, end);
                    searched -= start;
                    end -= start;
                    start = 0;
                }
                if (end === buffer.length) {
                    const larger = new Uint8Array(buffer.length * 2);
                    larger.set(buffer);
                    buffer = larger;
                }
                const count = read(buffer.subarray(end));
                if (count === 0) {
                    const rest = decoder.decode(buffer.subarray(0, end));
                    end = 0;
                    return rest === "" ? null : rest;
                }
                end += count;
            }
        };
    }

    function writeAll(write, line) {
        const bytes = new TextEncoder().encode(line + "\n");
        for (let written = 0; written < bytes.length;) written += write(bytes.subarray(written));
    }

    /** Does again what a pipe that does not block has put off. */
    function patiently(action) {
        for (;;) {
            try {
                return action();
            } catch (error) {
                if (error.code === "EOF") return 0;
                if (error.code !== "EAGAIN") throw error;
                Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
            }
        }
    }

    /** Ways to read a line (null at the end), to answer, and to mark a phase. */
    function lines() {
        if (typeof world.Deno === "object") {
            const { stdin, stdout, stderr } = world.Deno;
            return {
                read: lineReader((buffer) => stdin.readSync(buffer) || 0),
                print: (line) => writeAll((bytes) => stdout.writeSync(bytes), line),
                mark: (line) => writeAll((bytes) => stderr.writeSync(bytes), line),
            };
        }
        if (typeof world.process === "object" && world.process.versions) {
            const fs = require("fs");
            return {
                read: lineReader((buffer) => patiently(() => fs.readSync(0, buffer, 0, buffer.length, null))),
                print: (line) => writeAll((bytes) => patiently(() => fs.writeSync(1, bytes)), line),
                mark: (line) => writeAll((bytes) => patiently(() => fs.writeSync(2, bytes)), line),
            };
        }
        const mark = typeof world.printErr === "function" ? world.printErr : () => {};
        // jsc gives an empty line at the end. It and js take each byte for a character.
        const readBytes = typeof world.d8 !== "object";
        return {
            read: () => {
                const line = world.readline();
                if (!line) return null;
                return readBytes && /[\x80-\xff]/.test(line) ? decodeURIComponent(escape(line)) : line;
            },
            print: world.print,
            mark,
        };
    }

    function serve() {
        const { read, print, mark } = lines();
        for (let line = read(); line !== null; line = read()) {
            const steps = answer(line);
            let step = steps.next();
            for (; !step.done; step = steps.next()) mark(step.value);
            print(lineOf(step.value));
        }
    }

    if (world.hostIsEmbedded) {
        let steps;
        world.hostBegin = (line) => {
            steps = answer(line);
        };
        world.hostStep = () => {
            const step = steps.next();
            return step.done ? lineOf(step.value) : step.value;
        };
    } else {
        serve();
    }
})(globalThis);
