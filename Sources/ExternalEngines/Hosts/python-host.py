"""A host of JavaScript engines that come as Python packages: evaluates the script of the JavaScript host inside of them.

    python3 python-host.py ENGINE FOLDER [OPTION...] SCRIPT

ENGINE is `mini-racer` (V8) or `pythonmonkey` (SpiderMonkey), FOLDER is where its wheel was unpacked, and SCRIPT is javascript-host.js.
Options of mini-racer are flags of V8; pythonmonkey has `--wasm-compiler=baseline` and `--wasm-compiler=optimizing`, and both by default.
Answers requests on standard input until it ends.
"""

import asyncio
import ctypes
import importlib.util
import json
import os
import sys


def mini_racer(folder, options):
    """Gives functions that evaluate JavaScript and that call a function of it, and what the engine is called."""
    sys.path.insert(0, folder)
    import py_mini_racer

    py_mini_racer.init_mini_racer(flags=list(py_mini_racer.DEFAULT_V8_FLAGS) + options)
    engine = py_mini_racer.MiniRacer()

    def call(name, *arguments):
        return engine.eval("%s(%s)" % (name, ", ".join(map(json.dumps, arguments))))

    return engine.eval, call, ["V8", "%s (mini-racer)" % engine.v8_version]


# Bits of the first byte of JS::ContextOptions (js/public/ContextOptions.h), of which the compilers are the fourth and the fifth.
WASM_BASELINE = 1 << 3
WASM_ION = 1 << 4


def pythonmonkey(folder, options):
    """As above. The package itself is not imported, as it asks for a package manager of JavaScript; only its library is."""
    path = os.path.join(folder, "pythonmonkey", "pythonmonkey.so")
    spec = importlib.util.spec_from_file_location("pythonmonkey", path)
    engine = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(engine)

    library = ctypes.CDLL(path)
    options_of = library["_ZN2JS17ContextOptionsRefEP9JSContext"]
    options_of.restype = ctypes.POINTER(ctypes.c_uint8)
    compilers = options_of(ctypes.c_void_p.in_dll(library, "GLOBAL_CX"))
    for option in options:
        removed = {"--wasm-compiler=baseline": WASM_ION, "--wasm-compiler=optimizing": WASM_BASELINE}.get(option)
        if removed is None:
            sys.exit("pythonmonkey has no option '%s'" % option)
        compilers[0] &= ~removed

    functions = {}

    def call(name, *arguments):
        if name not in functions:
            functions[name] = engine.eval(name)
        return str(functions[name](*arguments))

    version = library["_Z27JS_GetImplementationVersionv"]
    version.restype = ctypes.c_char_p
    return engine.eval, call, ["SpiderMonkey", "%s (pythonmonkey)" % version().decode()]


def serve(evaluate, call, name):
    """Answers each line; what the host says before its answer goes to standard error at once."""
    with open(sys.argv[-1], encoding="utf-8") as file:
        script = file.read()
    evaluate("globalThis.hostIsEmbedded = true; globalThis.hostEngine = %s; 0" % json.dumps(name))
    evaluate(script + "\n; 0")
    for line in sys.stdin.buffer:
        call("hostBegin", line.decode())
        while not (step := call("hostStep")).startswith("{"):
            os.write(2, step.encode() + b"\n")
        sys.stdout.write(step + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    engines = {"mini-racer": mini_racer, "pythonmonkey": pythonmonkey}
    if len(sys.argv) < 4 or sys.argv[1] not in engines:
        sys.exit(__doc__)

    async def run():
        # mini-racer answers without a detour through another thread where it is made and called in an event loop.
        serve(*engines[sys.argv[1]](sys.argv[2], sys.argv[3:-1]))

    asyncio.run(run())
    # The engines have threads that would be waited for.
    os._exit(0)
