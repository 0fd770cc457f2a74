import WasmModel

/// The commands of a test script, a file whose name ends in `.wast`.
///
/// Spec: the interpreter's README of the specification repository, section "Scripts".
public struct Script: Hashable, Sendable {
    public var commands: [ScriptCommand]

    /// Makes a script.
    public init(commands: [ScriptCommand] = []) { self.commands = commands }
}

/// One command of a script and where it stands.
public struct ScriptCommand: Hashable, Sendable {
    /// Counted from one; zero where the command was not parsed.
    public var line: Int
    public var kind: Kind

    /// Makes a command.
    public init(line: Int = 0, _ kind: Kind) {
        self.line = line
        self.kind = kind
    }

    /// What a command does. The texts are the beginnings of error messages.
    public enum Kind: Hashable, Sendable {
        /// Instantiates a module, which becomes the current instance.
        case module(ScriptModule)
        /// Defines a module without instantiating it.
        case definition(ScriptModule)
        /// Instantiates a defined module, the last one where none is named.
        case instance(name: String?, of: String?)
        /// Makes the exports of an instance, the current one where none is named, importable under a module name.
        case register(as: String, instance: String?)
        case action(ScriptAction)
        case assertReturn(ScriptAction, [ResultPattern])
        case assertTrap(ScriptAction, String)
        /// The instantiation of a module traps.
        case assertInstantiationTrap(ScriptModule, String)
        case assertExhaustion(ScriptAction, String)
        case assertException(ScriptAction)
        case assertMalformed(ScriptModule, String)
        case assertInvalid(ScriptModule, String)
        case assertUnlinkable(ScriptModule, String)
        /// An annotation of the module is not well formed.
        case assertMalformedCustom(ScriptModule, String)
        /// An annotation of the module says what is not valid.
        case assertInvalidCustom(ScriptModule, String)
        /// The instantiation of a defined module, the last one where none is named, traps.
        case assertInstanceTrap(name: String?, of: String?, String)
        /// A defined module, the last one where none is named, cannot be linked.
        case assertInstanceUnlinkable(name: String?, of: String?, String)
        /// Commands that are carried out as if they stood here; `file` is the one that an input command named.
        case script(name: String?, file: String?, Script)
        /// The commands of another file, which only whoever knows the script's folder can read.
        case input(name: String?, path: String)
        /// Would write a module or script, the last one where none is named.
        case output(name: String?, path: String?)
        /// A command that cannot be read; a module of it would have become the current instance.
        case unreadable(TextError, isModule: Bool)
    }
}

/// A module in a script.
public struct ScriptModule: Hashable, Sendable {
    /// The name that later commands use, without the dollar sign.
    public var name: String?
    public var source: Source

    /// Makes a module.
    public init(name: String? = nil, _ source: Source) {
        self.name = name
        self.source = source
    }

    /// How a module is written.
    public enum Source: Hashable, Sendable {
        case text(Module)
        /// Not decoded.
        case binary([UInt8])
        /// The source of a module in the text format, not parsed.
        case quoted([UInt8])
    }
}

/// Something that is done with an instance, the current one where none is named.
public enum ScriptAction: Hashable, Sendable {
    case invoke(instance: String?, export: String, arguments: [WasmValue])
    /// Reads a global.
    case get(instance: String?, export: String)
}

/// What a result may be.
public enum ResultPattern: Hashable, Sendable {
    /// The value, bit for bit.
    case exactly(WasmValue)
    case f32(FloatPattern)
    case f64(FloatPattern)
    /// Lane by lane; the shape is `f32x4` or `f64x2`.
    case vector(VectorShape, [FloatPattern])
    case reference(ReferencePattern)
    case either([ResultPattern])

    /// Whether a value is one of those that the pattern describes.
    public func matches(_ value: WasmValue) -> Bool {
        switch (self, value) {
        case (.exactly(let expected), _): return expected == value
        case (.f32(let pattern), .f32(let bits)): return pattern.matches(UInt64(bits), format: .single)
        case (.f64(let pattern), .f64(let bits)): return pattern.matches(bits, format: .double)
        case (.vector(let shape, let lanes), .v128(let vector)):
            let format = shape.laneWidth == 32 ? FloatFormat.single : .double
            return lanes.indices.allSatisfy {
                lanes[$0].matches(vector.lane($0, width: shape.laneWidth), format: format)
            }
        case (.reference(let pattern), .reference(let reference)): return pattern.matches(reference)
        case (.either(let patterns), _): return patterns.contains { $0.matches(value) }
        case (.f32, _), (.f64, _), (.vector, _), (.reference, _): return false
        }
    }
}

/// What a float may be.
///
/// Spec: core 3.0, section 4.3.3 "Floating-Point Operations", "NaN Propagation".
public enum FloatPattern: Hashable, Sendable {
    case bits(UInt64)
    /// The payload is the quiet bit alone; either sign.
    case canonicalNaN
    /// The quiet bit is set; either sign.
    case arithmeticNaN

    func matches(_ bits: UInt64, format: FloatFormat) -> Bool {
        switch self {
        case .bits(let expected): bits == expected
        case .canonicalNaN: bits & ~format.signBit == format.canonicalNaN
        case .arithmeticNaN: bits & format.canonicalNaN == format.canonicalNaN
        }
    }
}

/// What a reference may be, by its kind.
///
/// Of an ``WasmReference/opaque(_:)`` the text is compared: `func` (a function
/// that the module has no index for), `i31`, `struct`, `array`, `exn` or `host`.
public enum ReferencePattern: Hashable, Sendable {
    case null(HeapType?)
    /// Any reference that is not null.
    case nonNull
    case function
    case external
    case exception
    case any
    case equatable
    case i31
    case structure
    case array

    func matches(_ reference: WasmReference) -> Bool {
        switch (self, reference) {
        case (.null, .null), (.function, .function), (.external, .external): true
        case (.nonNull, .null): false
        case (.nonNull, .function), (.nonNull, .external), (.nonNull, .opaque): true
        case (.function, .opaque(let kind)): kind.hasPrefix("func")
        case (.external, .opaque), (.any, .opaque): true
        case (.exception, .opaque(let kind)): kind.hasPrefix("exn")
        case (.i31, .opaque(let kind)): kind.hasPrefix("i31")
        case (.structure, .opaque(let kind)): kind.hasPrefix("struct")
        case (.array, .opaque(let kind)): kind.hasPrefix("array")
        case (.equatable, .opaque(let kind)): ["i31", "struct", "array"].contains { kind.hasPrefix($0) }
        case (.null, _), (.function, _), (.external, _), (.exception, _), (.any, _), (.equatable, _), (.i31, _),
            (.structure, _), (.array, _):
            false
        }
    }
}
