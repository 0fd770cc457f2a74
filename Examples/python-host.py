"""A host for pwasm, a WebAssembly engine that is written in Python; `pip install pwasm` brings it.

Answers requests on standard input until it ends, a line of JSON each. It carries nothing but calls without parameters and memories, which is
enough for all values. For an engine of your own, replace what says pwasm.
"""

import base64
import json
import sys

import pwasm


def ending(action):
    """How something that the engine does ends, and what it gave."""
    try:
        return {"end": "returned", "values": []}, action()
    except RecursionError as error:
        return {"end": "exhausted", "reason": str(error)}, None
    except pwasm.TrapError as trap:
        if "exhausted" in str(trap):
            return {"end": "exhausted", "reason": str(trap)}, None
        return {"end": "trapped", "trap": "trap"}, None  # Stands for any trap: it need not be said which.


def state(instance):
    """What an instance shows: its exported memories, each here as one piece that ends with the last byte that is not zero."""
    names = sorted(export.name for export in instance.module.exports if export.kind == "memory")
    contents = [(name, bytes(instance.exports[name].data)) for name in names]
    pieces = [[{"offset": 0, "bytes": base64.b64encode(content.rstrip(b"\0")).decode()}] for _, content in contents]
    return {"memories": [{"name": n, "size": len(c), "pieces": p} for (n, c), p in zip(contents, pieces)]}


def observation(case, enter):
    """Instantiates the module and makes the calls, on one instance or each on one of its own."""
    enter("compile")
    module = pwasm.decode_module(base64.b64decode(case["wasm"]))
    [function.body for function in module.funcs]  # Are decoded now, not when they are called.
    if len(module.mems) > 1:  # It would take the second one for the first.
        raise pwasm.WasmError("multi-memory is not supported")
    seen, instance, renews = {"invocations": [], "instances": []}, None, case.get("freshInstances", False)
    for call in case["invocations"] or [None]:
        if instance is None or renews:
            seen["instances"] += [state(instance)] if instance else []
            enter("instantiate")
            end, instance = ending(lambda: pwasm.instantiate(module))
            if instance is None:
                return {**seen, "instantiation": end}
            enter("execute")
        if call:
            end, _ = ending(instance.exports[call["export"]])
            seen["invocations"].append(end)
            if end["end"] == "exhausted" and not renews:
                break
    seen["instances"].append(state(instance))
    return seen


def outcome(case, engine):
    phase = "decode"

    def enter(next_phase):
        nonlocal phase
        phase = next_phase
        print("phase", phase, engine, file=sys.stderr, flush=True)

    try:
        return {"outcome": "completed", "observation": observation(case, enter)}
    except pwasm.WasmError as error:
        return {"outcome": "rejected" if phase == "compile" else "refused", "reason": str(error)}
    except Exception as error:  # No engine should raise anything else.
        return {"outcome": "crashed", "crash": {"phase": phase, "message": f"{type(error).__name__}: {error}"}}


sys.setrecursionlimit(20_000)
for line in sys.stdin:
    request = json.loads(line)
    if "describe" in request:
        answer = {"description": {"name": "pwasm", "release": pwasm.__version__}}
    else:
        answer = {"result": outcome(request["case"], request["engine"])}
    print(json.dumps({"version": 1, **answer}), flush=True)
