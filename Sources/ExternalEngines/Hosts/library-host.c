// A host for Wasmtime's shared library on another processor, under an emulator: speaks the host protocol, which HostProtocol.md describes.
//
//   library-host LIBRARY [strategy=cranelift|winch] [opt-level=none|speed|speed-and-size] [regalloc=backtracking|single-pass]
//                        [memory-reservation=BYTES] [memory-reservation-for-growth=BYTES] [memory-guard-size=BYTES]
//
// It carries calls without parameters and results, and shows memories and numeric globals; the carriages `memory` and `globals` make the rest of
// that. ci/get-engines builds it. Of the library it uses functions that have been the same since release 9; structures of the library are
// memory that is larger than any release needs, with a kind in the first byte and a union at byte 8.
#include <ctype.h>
#include <dlfcn.h>
#include <elf.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(2);
}

// Bytes that grow.
typedef struct {
    char *data;
    size_t size, capacity;
} buffer;

static void append(buffer *into, const void *bytes, size_t size) {
    if (size > into->capacity - into->size) {
        into->capacity = (into->size + size) * 2;
        into->data = realloc(into->data, into->capacity);
        if (!into->data) fail("out of memory");
    }
    memcpy(into->data + into->size, bytes, size);
    into->size += size;
}

static void append_text(buffer *into, const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    append(into, text, (size_t)size < sizeof text ? (size_t)size : sizeof text - 1);
}

// As a string of JSON; what is no UTF-8 does not occur.
static void append_string(buffer *into, const char *bytes, size_t size) {
    append(into, "\"", 1);
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte == '"' || byte == '\\') append_text(into, "\\%c", byte);
        else if (byte < 0x20) append_text(into, "\\u%04x", byte);
        else append(into, bytes + i, 1);
    }
    append(into, "\"", 1);
}

// MARK: Reading JSON: text that ends with a zero byte, and that this program's other side wrote.

static const char *after_space(const char *at) {
    while (isspace((unsigned char)*at)) at++;
    return at;
}

static unsigned hexadecimal(const char *at) {
    char digits[5] = {0};
    strncpy(digits, at, 4);
    return (unsigned)strtoul(digits, NULL, 16);
}

static void append_scalar(buffer *into, unsigned scalar) {
    unsigned count = scalar < 0x80 ? 0 : scalar < 0x800 ? 1 : scalar < 0x10000 ? 2 : 3;
    static const unsigned char leads[] = {0, 0xC0, 0xE0, 0xF0};
    char byte = (char)(leads[count] | scalar >> 6 * count);
    append(into, &byte, 1);
    while (count-- > 0) {
        byte = (char)(0x80 | (scalar >> 6 * count & 0x3F));
        append(into, &byte, 1);
    }
}

// Reads a string, whose content is appended where there is a place for it; gives what follows.
static const char *read_string(const char *at, buffer *into) {
    if (*at++ != '"') fail("a string was expected");
    for (;;) {
        size_t plain = strcspn(at, "\"\\");
        if (into) append(into, at, plain);
        at += plain;
        if (*at == 0) fail("a string has no end");
        if (*at++ == '"') return at;
        char escape = *at++;
        unsigned scalar = (unsigned char)escape;
        switch (escape) {
        case 0: fail("a string has no end");
        case 'b': scalar = '\b'; break;
        case 'f': scalar = '\f'; break;
        case 'n': scalar = '\n'; break;
        case 'r': scalar = '\r'; break;
        case 't': scalar = '\t'; break;
        case 'u':
            if (strnlen(at, 4) < 4) fail("a string has no end");
            scalar = hexadecimal(at);
            at += 4;
            if (scalar >> 10 == 0x36 && at[0] == '\\' && at[1] == 'u' && strnlen(at, 6) == 6) {
                scalar = 0x10000 + ((scalar & 0x3FF) << 10) + (hexadecimal(at + 2) & 0x3FF);
                at += 6;
            }
            break;
        default: break;
        }
        if (into) append_scalar(into, scalar);
    }
}

static const char *after_value(const char *at) {
    unsigned depth = 0;
    do {
        at = after_space(at);
        if (*at == '"') at = read_string(at, NULL);
        else if (*at == '{' || *at == '[') depth++, at++;
        else if (*at == '}' || *at == ']') depth--, at++;
        else if (*at == ',' || *at == ':') at++;
        else if (*at == 0) fail("the request has no end");
        else at += strcspn(at, ",:{}[]\" \t");
    } while (depth > 0);
    return after_space(at);
}

// The value of a key of an object; null where it has none.
static const char *member(const char *object, const char *key) {
    if (!object || *object != '{') return NULL;
    const char *at = after_space(object + 1);
    while (*at == '"') {
        buffer name = {0};
        at = after_space(read_string(at, &name));
        bool is_it = name.size == strlen(key) && memcmp(name.data, key, name.size) == 0;
        free(name.data);
        if (*at != ':') fail("a colon was expected");
        at = after_space(at + 1);
        if (is_it) return at;
        at = after_value(at);
        if (*at == ',') at = after_space(at + 1);
    }
    return NULL;
}

// The first element of an array, and the one after an element; null where there is none.
static const char *first_element(const char *array) {
    if (!array || *array != '[') return NULL;
    const char *at = after_space(array + 1);
    return *at == ']' ? NULL : at;
}

static const char *next_element(const char *element) {
    const char *at = after_value(element);
    return *at == ',' ? after_space(at + 1) : NULL;
}

static buffer string_of(const char *value) {
    buffer text = {0};
    if (!value) fail("a string was expected");
    append(&text, "", 0);
    read_string(value, &text);
    return text;
}

// MARK: Base64

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void append_base64(buffer *into, const unsigned char *bytes, size_t size) {
    for (size_t i = 0; i < size; i += 3) {
        size_t count = size - i < 3 ? size - i : 3;
        unsigned bits = (unsigned)bytes[i] << 16;
        if (count > 1) bits |= (unsigned)bytes[i + 1] << 8;
        if (count > 2) bits |= bytes[i + 2];
        char group[4] = {digits[bits >> 18], digits[bits >> 12 & 63], '=', '='};
        if (count > 1) group[2] = digits[bits >> 6 & 63];
        if (count > 2) group[3] = digits[bits & 63];
        append(into, group, 4);
    }
}

static void decode_base64(buffer *text) {
    unsigned bits = 0, count = 0;
    size_t size = 0;
    for (size_t i = 0; i < text->size; i++) {
        const char *digit = text->data[i] ? strchr(digits, text->data[i]) : NULL;
        if (!digit) continue;
        bits = bits << 6 | (unsigned)(digit - digits);
        count += 6;
        if (count >= 8) text->data[size++] = (char)(bits >> (count -= 8));
    }
    text->size = size;
}

// MARK: The library

typedef struct {
    size_t size;
    char *data;
} byte_vector;

typedef union {
    struct {
        uint8_t kind;
        _Alignas(8) unsigned char content[56];
    };
    unsigned char room[64];
} item;

enum { kind_global = 1, kind_memory = 3 };

static void *library;

static void *(*new_engine)(void *configuration);
static void *(*new_module)(void *engine, const char *wasm, size_t size, void **module);
static void *(*serialize)(void *module, byte_vector *bytes);
static void (*delete_module)(void *module);
static void *(*new_store)(void *engine, void *data, void *finalizer);
static void *(*store_contents)(void *store);
static void (*limit_store)(void *store, int64_t, int64_t, int64_t, int64_t, int64_t);
static void (*delete_store)(void *store);
static void *(*new_instance)(void *contents, void *module, void *imports, size_t count, item *instance, void **trap);
static bool (*export_named)(void *contents, item *instance, const char *name, size_t size, item *found);
static bool (*export_numbered)(void *contents, item *instance, size_t number, char **name, size_t *size, item *found);
static void *(*call)(void *contents, void *function, void *, size_t, void *, size_t, void **trap);
static const unsigned char *(*memory_data)(void *contents, void *memory);
static size_t (*memory_size)(void *contents, void *memory);
static void (*global_value)(void *contents, void *global, item *value);
static bool (*trap_code)(void *trap, uint8_t *code);
static void (*delete_trap)(void *trap);
static void (*error_message)(void *error, byte_vector *text);
static void (*delete_error)(void *error);
static void (*delete_bytes)(byte_vector *bytes);

// Sets the pointer to a function to that of a name.
static void find(void *pointer, const char *name) {
    void *function = dlsym(library, name);
    if (!function) fail("the library has no function %s", name);
    memcpy(pointer, &function, sizeof function);
}

static void find_functions(void) {
    find(&new_engine, "wasm_engine_new_with_config");
    find(&new_module, "wasmtime_module_new");
    find(&serialize, "wasmtime_module_serialize");
    find(&delete_module, "wasmtime_module_delete");
    find(&new_store, "wasmtime_store_new");
    find(&store_contents, "wasmtime_store_context");
    find(&limit_store, "wasmtime_store_limiter");
    find(&delete_store, "wasmtime_store_delete");
    find(&new_instance, "wasmtime_instance_new");
    find(&export_named, "wasmtime_instance_export_get");
    find(&export_numbered, "wasmtime_instance_export_nth");
    find(&call, "wasmtime_func_call");
    find(&memory_data, "wasmtime_memory_data");
    find(&memory_size, "wasmtime_memory_data_size");
    find(&global_value, "wasmtime_global_get");
    find(&trap_code, "wasmtime_trap_code");
    find(&delete_trap, "wasm_trap_delete");
    find(&error_message, "wasmtime_error_message");
    find(&delete_error, "wasmtime_error_delete");
    find(&delete_bytes, "wasm_byte_vec_delete");
}

// The text of an error in one line, without a list of active functions; the error is deleted.
static buffer take_error(void *error) {
    byte_vector text;
    error_message(error, &text);
    delete_error(error);
    buffer line = {0};
    for (size_t i = 0; i < text.size;) {
        size_t end = i;
        while (end < text.size && text.data[end] != '\n') end++;
        while (i < end && text.data[i] == ' ') i++;
        const char *part = text.data + i;
        size_t size = end - i;
        if (size >= 16 && memcmp(part, "Stack backtrace:", 16) == 0) break;
        if (size > 0 && !(size == 10 && memcmp(part, "Caused by:", 10) == 0)) {
            if (line.size > 0) append(&line, ": ", 2);
            append(&line, part, size);
        }
        i = end + 1;
    }
    append(&line, "", 1);
    line.size--;
    delete_bytes(&text);
    return line;
}

static void set_flag(void *configuration, const char *setter, bool flag) {
    void (*set)(void *, bool);
    void *function = dlsym(library, setter);
    if (!function) return;
    memcpy(&set, &function, sizeof set);
    set(configuration, flag);
}

static void set_option(void *configuration, const char *text) {
    static const struct {
        const char *name, *setter, *values[4];
    } options[] = {
        {"strategy=", "wasmtime_config_strategy_set", {"auto", "cranelift", "winch"}},
        {"opt-level=", "wasmtime_config_cranelift_opt_level_set", {"none", "speed", "speed-and-size"}},
        {"regalloc=", "wasmtime_config_cranelift_regalloc_algorithm_set", {"backtracking", "single-pass"}},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        size_t size = strlen(options[i].name);
        if (strncmp(text, options[i].name, size) != 0) continue;
        void (*set)(void *, uint8_t);
        find(&set, options[i].setter);
        for (uint8_t value = 0; options[i].values[value]; value++) {
            if (strcmp(text + size, options[i].values[value]) != 0) continue;
            set(configuration, value);
            return;
        }
    }
    static const struct {
        const char *name, *setter;
    } sizes[] = {
        {"memory-reservation=", "wasmtime_config_memory_reservation_set"},
        {"memory-reservation-for-growth=", "wasmtime_config_memory_reservation_for_growth_set"},
        {"memory-guard-size=", "wasmtime_config_memory_guard_size_set"},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t size = strlen(sizes[i].name);
        if (strncmp(text, sizes[i].name, size) != 0) continue;
        void (*set)(void *, uint64_t);
        find(&set, sizes[i].setter);
        set(configuration, strtoull(text + size, NULL, 10));
        return;
    }
    fail("no such option: %s", text);
}

static void *make_engine(int count, char **options) {
    void *(*new_configuration)(void);
    find(&new_configuration, "wasm_config_new");
    void *configuration = new_configuration();
    bool is_winch = false;
    for (int i = 0; i < count; i++) {
        if (strcmp(options[i], "strategy=winch") == 0) is_winch = true;
        set_option(configuration, options[i]);
    }
    set_flag(configuration, "wasmtime_config_parallel_compilation_set", false);
    set_flag(configuration, "wasmtime_config_native_unwind_info_set", false);
    static const char *const proposals[] = {
        "wasmtime_config_wasm_multi_memory_set", "wasmtime_config_wasm_memory64_set", "wasmtime_config_wasm_wide_arithmetic_set",
        // What follows ends the process with Winch.
        "wasmtime_config_wasm_tail_call_set", "wasmtime_config_wasm_function_references_set", "wasmtime_config_wasm_relaxed_simd_set",
        "wasmtime_config_wasm_exceptions_set", "wasmtime_config_wasm_gc_set",
    };
    size_t usable = is_winch ? 3 : sizeof proposals / sizeof *proposals;
    for (size_t i = 0; i < usable; i++) set_flag(configuration, proposals[i], true);
    void *engine = new_engine(configuration);
    if (!engine) fail("the configuration was not taken");
    return engine;
}

// MARK: Answers

static void *engine;
static buffer answer;

static void mark_phase(const char *phase, const buffer *name) {
    fprintf(stderr, "phase %s %.*s\n", phase, (int)name->size, name->data);
}

// The section of a serialised module that tells the release: a byte, the length of the version in a byte, the version, and more. The module
// is an ELF file of this library's own making.
static byte_vector release_in(const byte_vector *file) {
    Elf64_Ehdr header;
    memcpy(&header, file->data, sizeof header);
    const char *sections = file->data + header.e_shoff;
    Elf64_Shdr names, section;
    memcpy(&names, sections + header.e_shstrndx * sizeof names, sizeof names);
    for (unsigned i = 0; i < header.e_shnum; i++) {
        memcpy(&section, sections + i * sizeof section, sizeof section);
        if (strcmp(file->data + names.sh_offset + section.sh_name, ".wasmtime.engine") != 0) continue;
        char *content = file->data + section.sh_offset;
        return (byte_vector){(unsigned char)content[1], content + 2};
    }
    fail("a serialised module does not tell the release");
}

static void append_release(void) {
    static const char empty_module[] = {0, 'a', 's', 'm', 1, 0, 0, 0};
    void *module = NULL;
    void *error = new_module(engine, empty_module, sizeof empty_module, &module);
    if (error) fail("%s", take_error(error).data);
    byte_vector file;
    error = serialize(module, &file);
    if (error) fail("%s", take_error(error).data);
    byte_vector release = release_in(&file);
    append_string(&answer, release.data, release.size);
    delete_bytes(&file);
    delete_module(module);
}

static void describe(void) {
    append_text(&answer, "\"description\":{\"name\":\"Wasmtime on ARM64, emulated\",\"namesTraps\":true,\"release\":");
    append_release();
    append_text(&answer, "}");
}

// The end of a call by the code of its trap; deletes the trap. Codes that stand for several traps of the specification have no name.
static bool append_trap(void *trap) {
    static const char *const names[] = {
        [1] = "out of bounds memory access", [4] = "uninitialized element", [5] = "indirect call type mismatch",
        [6] = "integer overflow", [7] = "integer divide by zero", [8] = "invalid conversion to integer",
        [9] = "unreachable", [14] = "out of bounds array access", [16] = "cast failure",
    };
    enum { stack_overflow = 0, interrupt = 10, out_of_fuel = 11, allocation_too_large = 15, unknown = 255 };
    uint8_t code = unknown;
    if (!trap_code(trap, &code)) code = unknown;
    delete_trap(trap);
    const char *exhausted = NULL;
    if (code == stack_overflow) exhausted = "call stack exhausted";
    if (code == interrupt || code == out_of_fuel) exhausted = "fuel";
    if (code == allocation_too_large) exhausted = "heap exhausted";
    if (exhausted) {
        append_text(&answer, "{\"end\":\"exhausted\",\"reason\":\"%s\"}", exhausted);
        return true;
    }
    const char *name = code < sizeof names / sizeof *names ? names[code] : NULL;
    append_text(&answer, "{\"end\":\"trapped\",\"trap\":\"%s\"}", name ? name : "trap");
    return false;
}

// Pieces are runs of blocks of 256 bytes that are not all zero.
static void append_memory(const unsigned char *bytes, size_t size) {
    enum { block = 256 };
    static const unsigned char zero[block];
    bool is_first = true;
    for (size_t start = 0; start < size;) {
        size_t end = start;
        while (end < size && memcmp(bytes + end, zero, size - end < block ? size - end : block) != 0) end += block;
        if (end > size) end = size;
        if (end == start) {
            start += block;
            continue;
        }
        append_text(&answer, "%s{\"offset\":%zu,\"bytes\":\"", is_first ? "" : ",", start);
        append_base64(&answer, bytes + start, end - start);
        append_text(&answer, "\"}");
        is_first = false;
        start = end + block;
    }
}

typedef struct {
    char *name;
    size_t size;
    item memory;
} named_memory;

static int by_name(const void *left, const void *right) {
    const named_memory *a = left, *b = right;
    int order = memcmp(a->name, b->name, a->size < b->size ? a->size : b->size);
    return order ? order : (a->size > b->size) - (a->size < b->size);
}

static void append_memories(void *contents, item *instance) {
    named_memory *found = NULL;
    size_t count = 0;
    named_memory next;
    for (size_t i = 0; export_numbered(contents, instance, i, &next.name, &next.size, &next.memory); i++) {
        if (next.memory.kind != kind_memory) continue;
        found = realloc(found, (count + 1) * sizeof *found);
        if (!found) fail("out of memory");
        found[count++] = next;
    }
    if (count > 1) qsort(found, count, sizeof *found, by_name);
    append_text(&answer, "\"memories\":[");
    for (size_t i = 0; i < count; i++) {
        size_t size = memory_size(contents, found[i].memory.content);
        append_text(&answer, "%s{\"name\":", i ? "," : "");
        append_string(&answer, found[i].name, found[i].size);
        append_text(&answer, ",\"size\":%zu,\"pieces\":[", size);
        append_memory(memory_data(contents, found[i].memory.content), size);
        append_text(&answer, "]}");
    }
    append_text(&answer, "]");
    free(found);
}

// The exported globals that the case wants to see, in its order.
static void append_globals(void *contents, item *instance, const char *wanted) {
    append_text(&answer, ",\"globals\":[");
    for (const char *one = first_element(wanted); one; one = next_element(one)) {
        if (one != first_element(wanted)) append_text(&answer, ",");
        buffer name = string_of(member(one, "name"));
        item global, value;
        if (!export_named(contents, instance, name.data, name.size, &global) || global.kind != kind_global)
            fail("the library does not show a global");
        global_value(contents, global.content, &value);
        append_text(&answer, "{\"name\":");
        append_string(&answer, name.data, name.size);
        free(name.data);
        uint32_t word;
        uint64_t wide;
        memcpy(&word, value.content, sizeof word);
        memcpy(&wide, value.content, sizeof wide);
        switch (value.kind) {
        case 0: append_text(&answer, ",\"value\":\"i32:%" PRId32 "\"}", (int32_t)word); break;
        case 1: append_text(&answer, ",\"value\":\"i64:%" PRId64 "\"}", (int64_t)wide); break;
        case 2: append_text(&answer, ",\"value\":\"f32:0x%08" PRIx32 "\"}", word); break;
        case 3: append_text(&answer, ",\"value\":\"f64:0x%016" PRIx64 "\"}", wide); break;
        default: fail("a global is no number");
        }
    }
    append_text(&answer, "]");
}

static void append_state(buffer *states, void *contents, item *instance, const char *globals) {
    // Of the answer only what is added now is the state.
    buffer invocations = answer;
    answer = (buffer){0};
    if (states->size > 0) append_text(&answer, ",");
    append_text(&answer, "{");
    append_memories(contents, instance);
    if (globals) append_globals(contents, instance, globals);
    append_text(&answer, "}");
    append(states, answer.data, answer.size);
    free(answer.data);
    answer = invocations;
}

static void refuse(const char *outcome, void *error) {
    buffer reason = take_error(error);
    answer.size = 0;
    append_text(&answer, "{\"version\":1,\"result\":{\"outcome\":\"%s\",\"reason\":", outcome);
    append_string(&answer, reason.data, reason.size);
    append_text(&answer, "}");
    free(reason.data);
}

typedef struct {
    void *store, *contents;
    item instance;
} running;

enum ending { went_on, is_exhausted, was_refused };

// How a call, or a start, ended that gave an error or a trap.
static enum ending append_ending(void *error, void *trap) {
    if (trap) return append_trap(trap) ? is_exhausted : went_on;
    byte_vector text;
    error_message(error, &text);
    bool is_thrown = memmem(text.data, text.size, "thrown Wasm exception", 21) != NULL;
    bool is_memory = memmem(text.data, text.size, "out of memory", 13) || memmem(text.data, text.size, "memory limits", 13)
        || memmem(text.data, text.size, "table limits", 12);
    delete_bytes(&text);
    if (is_thrown || is_memory) {
        delete_error(error);
        append_text(&answer, is_thrown ? "{\"end\":\"threw\",\"payload\":[]}" : "{\"end\":\"exhausted\",\"reason\":\"memory exhausted\"}");
        return is_thrown ? went_on : is_exhausted;
    }
    refuse("refused", error);
    return was_refused;
}

static void run_case(const char *test, const char *budget, const buffer *name) {
    mark_phase("compile", name);
    buffer wasm = string_of(member(test, "wasm"));
    decode_base64(&wasm);
    void *module = NULL;
    void *error = new_module(engine, wasm.data, wasm.size, &module);
    free(wasm.data);
    if (error) {
        refuse("rejected", error);
        return;
    }
    const char *pages = member(budget, "memoryPages"), *fresh = member(test, "freshInstances");
    int64_t memory_bytes = pages ? (int64_t)strtoll(pages, NULL, 10) << 16 : -1;
    const char *globals = member(test, "globals");
    bool renews = fresh && *fresh == 't', is_refused = false;
    buffer states = {0};
    running now = {0};
    append_text(&answer, "\"result\":{\"outcome\":\"completed\",\"observation\":{\"invocations\":[");
    size_t invocations = answer.size;
    const char *next = first_element(member(test, "invocations"));
    buffer start = {0};
    do {
        if (!now.store || renews) {
            if (now.store) {
                append_state(&states, now.contents, &now.instance, globals);
                delete_store(now.store);
            }
            mark_phase("instantiate", name);
            now.store = new_store(engine, NULL, NULL);
            now.contents = store_contents(now.store);
            limit_store(now.store, memory_bytes, 10000000, -1, -1, -1);
            void *trap = NULL;
            error = new_instance(now.contents, module, NULL, 0, &now.instance, &trap);
            if (error || trap) {
                // The end stands behind the calls that were made before.
                size_t calls = answer.size;
                is_refused = append_ending(error, trap) == was_refused;
                if (!is_refused) {
                    append(&start, answer.data + calls, answer.size - calls);
                    answer.size = calls;
                }
                break;
            }
            mark_phase("execute", name);
        }
        if (!next) break;
        if (answer.size > invocations) append_text(&answer, ",");
        buffer export = string_of(member(next, "export"));
        item function;
        if (!export_named(now.contents, &now.instance, export.data, export.size, &function) || function.kind != 0)
            fail("the library does not show the export '%.*s'", (int)export.size, export.data);
        free(export.data);
        void *trap = NULL;
        error = call(now.contents, function.content, NULL, 0, NULL, 0, &trap);
        enum ending ending = went_on;
        if (error || trap) ending = append_ending(error, trap);
        else append_text(&answer, "{\"end\":\"returned\",\"values\":[]}");
        is_refused = ending == was_refused;
        if (is_refused || (ending == is_exhausted && !renews)) break;
        next = next_element(next);
    } while (next);
    if (!is_refused) {
        if (!start.data) append_state(&states, now.contents, &now.instance, globals);
        append_text(&answer, "],\"instances\":[");
        append(&answer, states.data, states.size);
        append_text(&answer, "]");
        if (start.data) {
            append_text(&answer, ",\"instantiation\":");
            append(&answer, start.data, start.size);
        }
        append_text(&answer, "}}");
    }
    free(start.data);
    free(states.data);
    delete_store(now.store);
    delete_module(module);
}

int main(int count, char **arguments) {
    if (count < 2) fail("usage: library-host LIBRARY [option=value]...");
    library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
    if (!library) fail("%s", dlerror());
    find_functions();
    engine = make_engine(count - 2, arguments + 2);
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, stdin) > 0) {
        const char *request = after_space(line);
        answer.size = 0;
        append_text(&answer, "{\"version\":1,");
        const char *test = member(request, "case");
        if (member(request, "describe")) {
            describe();
        } else if (test) {
            buffer name = string_of(member(request, "engine"));
            run_case(test, member(request, "budget"), &name);
            free(name.data);
        } else {
            append_text(&answer, "\"failure\":\"this host runs cases only\"");
        }
        append_text(&answer, "}\n");
        fwrite(answer.data, 1, answer.size, stdout);
        fflush(stdout);
    }
    return 0;
}
