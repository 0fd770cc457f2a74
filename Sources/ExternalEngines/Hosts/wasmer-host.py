"""A host of Wasmer by its Python package, which runs a program with `_start` and shows nothing but what the program writes.

    python3 wasmer-host.py FOLDER          FOLDER is where the wheel of wasmer-sdk was unpacked

So the module of a case is rewritten: it gets a function `_start` that makes the calls, and writes a byte after each and all exported
memories at the end. It carries modules without imports whose calls have neither parameters nor results. A call that traps ends its
instance: the memories are then those before the call, and `exhausted` stands for what follows, or for the call itself where it is the
last. Answers requests on standard input until it ends.
"""

import asyncio
import base64
import glob
import json
import os
import shutil
import struct
import sys
import tempfile

VERSION = 1
PAGE = 65536
BLOCK = 256


class Stop(Exception):
    """A case that ends before its observation is complete."""

    def __init__(self, outcome, reason):
        super().__init__(reason)
        self.outcome = {"outcome": outcome, "reason": reason}


# ---- Reading modules


def leb(data, position):
    """An unsigned number, and the position behind it; of signed ones only the position is right."""
    result = shift = 0
    while True:
        byte = data[position]
        position += 1
        result |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return result, position


def skip(data, position, count=1):
    for _ in range(count):
        while data[position] >= 0x80:
            position += 1
        position += 1
    return position


def unsigned(number):
    result = bytearray()
    while number >= 0x80:
        result.append(number & 0x7F | 0x80)
        number >>= 7
    result.append(number)
    return bytes(result)


def signed(number):
    result = bytearray()
    while not -0x40 <= number < 0x40:
        result.append(number & 0x7F | 0x80)
        number >>= 7
    result.append(number & 0x7F)
    return bytes(result)


def vector(items):
    return unsigned(len(items)) + b"".join(items)


def after_type(data, position):
    """Behind a value type; `(ref null? HEAP)` is longer than a number."""
    return skip(data, position + 1) if data[position] in (0x63, 0x64) else skip(data, position)


def after_memory_argument(data, position):
    alignment, position = leb(data, position)
    return skip(data, position, 2 if alignment & 0x40 else 1)


# How many numbers follow an opcode.
NUMBERS = {opcode: 1 for opcode in [0x07, 0x08, 0x09, 0x0C, 0x0D, 0x14, 0x15, 0x18, *range(0x20, 0x27), 0x3F, 0x40, 0x41, 0x42]}
NUMBERS.update({0x11: 2, 0x13: 2, 0xD0: 1, 0xD5: 1, 0xD6: 1})
NUMBERS_AFTER_FC = {8: 2, 9: 1, 10: 2, 11: 1, 12: 2, 13: 1, 14: 2, 15: 1, 16: 1, 17: 1}


def shift_expression(data, position, out):
    """Copies an expression up to its end, with the indices of functions one higher; gives the position behind it."""
    copied = position
    depth = 0
    while True:
        opcode = data[position]
        position += 1
        if opcode in NUMBERS:
            position = skip(data, position, NUMBERS[opcode])
        elif opcode in (0x10, 0x12, 0xD2):
            index, end = leb(data, position)
            out += data[copied:position] + unsigned(index + 1)
            copied = position = end
        elif 0x28 <= opcode <= 0x3E:
            position = after_memory_argument(data, position)
        elif opcode in (0x02, 0x03, 0x04, 0x06):
            depth += 1
            position = after_type(data, position)
        elif opcode == 0x0B:
            depth -= 1
            if depth < 0:
                out += data[copied:position]
                return position
        elif opcode == 0x0E:
            count, position = leb(data, position)
            position = skip(data, position, count + 1)
        elif opcode == 0x1C:
            count, position = leb(data, position)
            for _ in range(count):
                position = after_type(data, position)
        elif opcode == 0x1F:
            depth += 1
            count, position = leb(data, after_type(data, position))
            for _ in range(count):
                position = skip(data, position + 1, 2 if data[position] < 2 else 1)
        elif opcode == 0x43:
            position += 4
        elif opcode == 0x44:
            position += 8
        elif opcode == 0xFC:
            operation, position = leb(data, position)
            position = skip(data, position, NUMBERS_AFTER_FC.get(operation, 0))
        elif opcode == 0xFD:
            operation, position = leb(data, position)
            if operation <= 11 or 84 <= operation <= 93:
                position = after_memory_argument(data, position)
            if operation in (12, 13):
                position += 16
            if 21 <= operation <= 34 or 84 <= operation <= 91:
                position += 1
        elif opcode in (0xFB, 0xFE):
            raise Stop("refused", "an instruction with the prefix 0x%x, which the host does not read" % opcode)
        if opcode == 0x18:
            depth -= 1


def shift_elements(data):
    """The section of element segments with the indices of functions one higher."""
    out = bytearray()
    count, position = leb(data, 0)
    out += unsigned(count)
    for _ in range(count):
        flags, start = leb(data, position)
        out += unsigned(flags)
        position = start
        if flags & 1 == 0:
            if flags & 2:
                position = skip(data, position)
                out += data[start:position]
            position = shift_expression(data, position, out)
        start = position
        if flags & 3:
            position = after_type(data, position)
        items, position = leb(data, position)
        out += data[start:position]
        for _ in range(items):
            if flags & 4:
                position = shift_expression(data, position, out)
            else:
                index, position = leb(data, position)
                out += unsigned(index + 1)
    return bytes(out)


def shift_definitions(data, is_table):
    """The section of globals or of tables."""
    out = bytearray()
    count, position = leb(data, 0)
    out += unsigned(count)
    for _ in range(count):
        start = position
        has_expression = not is_table
        if is_table and data[position] == 0x40:
            has_expression = True
            position += 2
        position = after_type(data, position)
        if is_table:
            flags = data[position]
            position = skip(data, position + 1, 2 if flags & 1 else 1)
        else:
            position += 1
        out += data[start:position]
        if has_expression:
            position = shift_expression(data, position, out)
    return bytes(out)


class Module:
    """What is to be known of a module, with its sections by their numbers."""

    def __init__(self, wasm):
        self.sections = {}
        if wasm[:8] != b"\0asm\1\0\0\0":
            raise Stop("rejected", "no module of version 1")
        position = 8
        while position < len(wasm):
            number = wasm[position]
            size, position = leb(wasm, position + 1)
            if number != 0:
                self.sections[number] = wasm[position : position + size]
            position += size
        if 2 in self.sections and self.sections[2][0] != 0:
            raise Stop("refused", "the host provides no imports")
        self.types = [is_nullary for is_nullary in self._types()]
        self.functions = self._functions()
        self.memories = self._count_memories()
        self.exports = list(self._exports())

    def _types(self):
        data = self.sections.get(1, b"\0")
        count, position = leb(data, 0)
        for _ in range(count):
            if data[position] != 0x60:
                raise Stop("refused", "a type that is not of a function")
            start = position = position + 1
            for _ in range(2):
                items, position = leb(data, position)
                for _ in range(items):
                    position = after_type(data, position)
            yield data[start:position] == b"\0\0"

    def _functions(self):
        data = self.sections.get(3, b"\0")
        count, position = leb(data, 0)
        types = []
        for _ in range(count):
            index, position = leb(data, position)
            types.append(index)
        return types

    def _count_memories(self):
        data = self.sections.get(5, b"\0")
        count, position = leb(data, 0)
        for _ in range(count):
            if data[position] & ~1:
                raise Stop("refused", "a memory that is shared or has 64-bit addresses")
            position = skip(data, position + 1, 2 if data[position] & 1 else 1)
        return count

    def _exports(self):
        data = self.sections.get(7, b"\0")
        count, position = leb(data, 0)
        for _ in range(count):
            size, position = leb(data, position)
            name = data[position : position + size]
            kind = data[position + size]
            index, position = leb(data, position + size + 1)
            yield name, kind, index

    def callee(self, name):
        """The index of an exported function that is called."""
        for exported, kind, index in self.exports:
            if kind == 0 and exported == name.encode():
                if not self.types[self.functions[index]]:
                    raise Stop("refused", "'%s' has parameters or results" % name)
                return index
        raise Stop("refused", "no exported function '%s'" % name)

    def exported_memories(self):
        return sorted((name, index) for name, kind, index in self.exports if kind == 2)

    # ---- Writing the program

    def program(self, calls, shows_memories):
        """The module with an `_start` that makes calls, and writes."""
        sections = dict(self.sections)

        def append(number, *items):
            data = sections.get(number, b"\0")
            count, position = leb(data, 0)
            sections[number] = unsigned(count + len(items)) + data[position:] + b"".join(items)

        types = len(self.types)
        functions = len(self.functions)
        append(1, b"\x60\4\x7f\x7f\x7f\x7f\1\x7f", b"\x60\0\0", b"\x60\2\x7f\x7f\0")
        name = vector_text("wasi_snapshot_preview1") + vector_text("fd_write")
        sections[2] = vector([name + b"\0" + unsigned(types)])
        append(3, unsigned(types + 1), unsigned(types + 2))
        append(5, b"\0\2")
        for number in (4, 6):
            if number in sections:
                sections[number] = shift_definitions(sections[number], number == 4)
        # What the system reads from is the first memory that is exported.
        exports = [vector_text("memory") + b"\2" + unsigned(self.memories)]
        for exported, kind, index in self.exports:
            if kind != 2 and exported not in (b"memory", b"_start"):
                exports.append(unsigned(len(exported)) + exported + bytes([kind]) + unsigned(index + (kind == 0)))
        exports.append(vector_text("_start") + b"\0" + unsigned(functions + 1))
        sections[7] = vector(exports)
        if 8 in sections:
            sections[8] = unsigned(leb(sections[8], 0)[0] + 1)
        if 9 in sections:
            sections[9] = shift_elements(sections[9])
        bodies = self._bodies()
        bodies += [self._start(calls, shows_memories, functions + 2), self._write()]
        sections[10] = vector([unsigned(len(body)) + body for body in bodies])
        wasm = bytearray(b"\0asm\1\0\0\0")
        for number in (1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11):
            if number in sections:
                wasm += bytes([number]) + unsigned(len(sections[number])) + sections[number]
        return bytes(wasm)

    def _bodies(self):
        data = self.sections.get(10, b"\0")
        count, position = leb(data, 0)
        bodies = []
        for _ in range(count):
            size, position = leb(data, position)
            end = position + size
            start = position
            runs, position = leb(data, position)
            for _ in range(runs):
                position = after_type(data, skip(data, position))
            body = bytearray(data[start:position])
            shift_expression(data, position, body)
            bodies.append(bytes(body))
            position = end
        return bodies

    def _access(self, opcode, offset):
        """A load or a store of 32 bits in the added memory, of which the first bytes are the arguments of `fd_write`."""
        return bytes([opcode, 0x42]) + unsigned(self.memories) + unsigned(offset)

    def _start(self, calls, shows_memories, write):
        def written(offset, size):
            return constant(offset) + constant(size) + b"\x10" + unsigned(write)

        code = bytearray(b"\1\2\x7f")
        for index in calls:
            code += b"\x10" + unsigned(index + 1) + written(16, 1)
        for _, memory in self.exported_memories() if shows_memories else []:
            # Local 1 is the number of pages, local 0 the present one; pages are copied to offset 65,536 of the added memory.
            code += b"\x3f" + unsigned(memory) + b"\x21\1" + constant(0) + b"\x20\1" + self._access(0x36, 20) + written(20, 4)
            code += constant(0) + b"\x21\0\2\x40\3\x40\x20\0\x20\1\x4f\x0d\1"
            code += constant(PAGE) + b"\x20\0" + constant(16) + b"\x74" + constant(PAGE)
            code += b"\xfc\x0a" + unsigned(self.memories) + unsigned(memory) + written(PAGE, PAGE)
            code += b"\x20\0" + constant(1) + b"\x6a\x21\0\x0c\0\x0b\x0b"
        return bytes(code + b"\x0b")

    def _write(self):
        """Writes so many bytes from an offset: until all are written."""
        code = bytearray(b"\0\2\x40\3\x40\x20\1\x45\x0d\1")
        code += constant(0) + b"\x20\0" + self._access(0x36, 0) + constant(0) + b"\x20\1" + self._access(0x36, 4)
        code += constant(1) + constant(0) + constant(1) + constant(8) + b"\x10\0\4\x40\0\x0b"
        for local, operation in ((0, b"\x6a"), (1, b"\x6b")):
            code += b"\x20" + bytes([local]) + constant(0) + self._access(0x28, 8) + operation + b"\x21" + bytes([local])
        return bytes(code + b"\x0c\0\x0b\x0b\x0b")


def constant(number):
    return b"\x41" + signed(number)


def vector_text(text):
    return unsigned(len(text)) + text.encode()


# ---- Running


def memory_states(module, output):
    """What memories hold, in the order of their names; pieces are runs of blocks that are not all zero."""
    states = []
    position = 0
    zero = bytes(BLOCK)
    for name, _ in module.exported_memories():
        (pages,) = struct.unpack_from("<I", output, position)
        start = position + 4
        size = pages * PAGE
        position = start + size
        pieces = []
        for offset in range(0, size, BLOCK):
            block = output[start + offset : start + offset + BLOCK]
            if block == zero:
                continue
            if pieces and pieces[-1][0] + len(pieces[-1][1]) == offset:
                pieces[-1][1].extend(block)
            else:
                pieces.append((offset, bytearray(block)))
        coded = [{"offset": offset, "bytes": base64.b64encode(content).decode()} for offset, content in pieces]
        states.append({"name": name.decode(), "size": size, "pieces": coded})
    return {"memories": states} if states else {}


class Host:
    """Wasmer, with a cache that is emptied after each case."""

    def __init__(self, sdk, folder):
        self.sdk = sdk
        self.folder = folder
        self.wasmer = sdk.Wasmer(cache_root=folder)

    async def run(self, wasm):
        """What a program wrote, and the message with which it ended, or None; in a third place whether it began at all."""
        output = bytearray()
        has_begun = False
        try:
            package = await self.wasmer.packages.load(wasm)
            async with await self.wasmer.sandboxes.create(packages=[package]) as sandbox:
                process = await sandbox.command(package).spawn(stdout="pipe", stderr="discard")
                has_begun = True
                async for part in process.stdout:
                    output += part
                await process.wait()
            return bytes(output), None, True
        except self.sdk.WasmerError as error:
            return bytes(output), str(error), has_begun
        finally:
            for path in glob.glob(self.folder + "/**/*.bin", recursive=True):
                os.unlink(path)

    async def load(self, wasm):
        """Raises Stop where the module is not taken as it is; a rewritten one shows nothing of what was wrong with it."""
        try:
            await self.wasmer.packages.load(wasm)
        except self.sdk.WasmerError as error:
            message = str(error).split("\n")[0]
            if "`_start`" in message:
                return
            raise Stop("rejected" if "(at offset " in message else "refused", message)

    async def observe(self, test, engine):
        wasm = base64.b64decode(test["wasm"])
        if not test["invocations"]:
            mark("compile", engine)
            await self.load(wasm)
        module = Module(wasm)
        calls = [module.callee(call["export"]) for call in test["invocations"]]
        groups = [[call] for call in calls] if test.get("freshInstances") and calls else [calls]
        observation = {"invocations": [], "instances": []}
        for group in groups:
            mark("compile", engine)
            output, message, has_begun = await self.run(module.program(group, True))
            if not has_begun:
                observation["instantiation"] = instantiation_end(message)
                return observation
            if message is None:
                ended = [{"end": "returned", "values": []} for _ in group]
                shown = output[len(group) :]
            else:
                # As many bytes as there were calls that returned; the memories are written only after all of them.
                count = min(len(output), len(group))
                if count == len(group):
                    raise Stop("refused", "the program ended while it wrote its memories: " + message)
                ended = [{"end": "returned", "values": []} for _ in group[:count]]
                ended += call_end(message, count + 1 == len(group))
                shown, failure, _ = await self.run(module.program(group[:count], True))
                if failure is not None:
                    raise Stop("refused", "the calls before the one that failed now end otherwise: " + failure)
                shown = shown[count:]
            observation["invocations"] += ended
            observation["instances"].append(memory_states(module, shown))
        return observation


def call_end(message, is_last):
    """How a call ended that did not return, and what stands for the calls after it."""
    reason = message.split("\n")[0].replace("command execution failed: ", "")
    if "call stack exhausted" in reason:
        return [{"end": "exhausted", "reason": "call stack exhausted"}]
    crash_if_panic(message, "execute")
    if is_last:
        return [{"end": "exhausted", "reason": "nothing is seen of an instance after: " + reason}]
    end = {"end": "threw", "payload": []} if "uncaught exception" in reason.lower() else {"end": "trapped", "trap": "trap"}
    return [end, {"end": "exhausted", "reason": "nothing can be called after: " + reason}]


def instantiation_end(message):
    """How an instantiation ended that made no instance; raises Stop where none was tried."""
    crash_if_panic(message, "compile")
    marker = "Failed to create the instance - "
    if marker in message:
        reason = message.split(marker)[1].split("\n")[0]
        if "call stack exhausted" in reason:
            return {"end": "exhausted", "reason": "call stack exhausted"}
        if "uncaught exception" in reason.lower():
            return {"end": "threw", "payload": []}
        if reason.startswith("RuntimeError"):
            return {"end": "trapped", "trap": "trap"}
    raise Stop("rejected" if "Validate(" in message else "refused", message.split("\n")[0])


def crash_if_panic(message, phase):
    if "panic" in message:
        stop = Stop("crashed", message)
        stop.outcome = {"outcome": "crashed", "crash": {"phase": phase, "message": message.split("\n")[0]}}
        raise stop


def mark(phase, engine):
    os.write(2, ("phase %s %s\n" % (phase, engine)).encode())


async def answer(host, line):
    try:
        request = json.loads(line)
        if request.get("version") != VERSION:
            return {"failure": "version %s of the protocol, not %d" % (request.get("version"), VERSION)}
        if request.get("describe"):
            return {"description": {"name": "Wasmer", "release": "of wasmer-sdk %s" % package_version(host.sdk)}}
        if "case" not in request:
            return {"failure": "neither 'case' nor 'describe' in the request"}
        observation = await host.observe(request["case"], request.get("engine", "unknown"))
        return {"result": {"outcome": "completed", "observation": observation}}
    except Stop as stop:
        return {"result": stop.outcome}
    except IndexError:
        return {"result": {"outcome": "refused", "reason": "a module that the host cannot read"}}
    except Exception as error:
        return {"failure": "%s: %s" % (type(error).__name__, error)}


def package_version(sdk):
    for path in glob.glob(os.path.dirname(os.path.dirname(sdk.__file__)) + "/wasmer_sdk-*.dist-info"):
        return path.rsplit("wasmer_sdk-", 1)[1][: -len(".dist-info")]
    return "unknown"


async def serve(folder):
    sys.path.insert(0, sys.argv[1])
    import wasmer_sdk

    host = Host(wasmer_sdk, folder)
    for line in sys.stdin.buffer:
        sys.stdout.write(json.dumps({"version": VERSION, **await answer(host, line)}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    cache = tempfile.mkdtemp(prefix="wasmer-host-")
    try:
        asyncio.run(serve(cache))
    finally:
        shutil.rmtree(cache, ignore_errors=True)
