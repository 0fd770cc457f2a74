import Execution
import WasmFormats
import WasmModel

/// The host module `spectest` of the test suite, as modules of wasm whose functions are imported from the host.
///
/// It is in parts, which are instantiated when they are first imported from, so that an engine that refuses one of them
/// still runs the scripts that need the others.
///
/// Spec: `test/core/README.md` of the specification repository.
struct SpectestModule {
    static let name = "spectest"

    private var parts: [ValidatedModule]
    private var instances: [InstanceNumber?]

    private static let sources = [
        """
        (module
          (func (export "print") (import "host" "print"))
          (func (export "print_i32") (import "host" "print") (param i32))
          (func (export "print_i64") (import "host" "print") (param i64))
          (func (export "print_f32") (import "host" "print") (param f32))
          (func (export "print_f64") (import "host" "print") (param f64))
          (func (export "print_i32_f32") (import "host" "print") (param i32 f32))
          (func (export "print_f64_f64") (import "host" "print") (param f64 f64)))
        """,
        """
        (module
          (global (export "global_i32") i32 (i32.const 666))
          (global (export "global_i64") i64 (i64.const 666))
          (global (export "global_f32") f32 (f32.const 666.6))
          (global (export "global_f64") f64 (f64.const 666.6)))
        """,
        #"(module (table (export "table") 10 20 funcref))"#,
        #"(module (table (export "table64") i64 10 20 funcref))"#,
        #"(module (memory (export "memory") 1 2))"#,
    ]

    /// The validated parts, made once.
    static let modules: [ValidatedModule] = sources.compactMap { source in
        (try? TextParser.module(source)).flatMap { try? Validator.validate($0) }
    }

    init() {
        parts = Self.modules
        instances = Array(repeating: nil, count: parts.count)
    }

    /// The item of a name; nil where the host has none.
    mutating func item(
        _ name: String,
        of engine: any StoreEngine,
        in store: any Store
    ) throws(InstantiationFailure) -> ImportedItem? {
        for (position, part) in parts.enumerated() {
            guard let export = part.module.exports.first(where: { $0.name == name }) else { continue }
            if let instance = instances[position] { return .item(export.item, of: instance) }
            let imports = part.functionTypeIndices.enumerated().prefix(part.importCounts.functions).map {
                ImportedItem.host(HostFunction(importOrdinal: $0.offset, type: part.functionType(at: $0.element)))
            }
            let prepared: any PreparedModule
            do { prepared = try engine.prepare(part) } catch { throw .engine(error) }
            let instance = try store.instantiate(prepared, imports: imports)
            instances[position] = instance
            return .item(export.item, of: instance)
        }
        return nil
    }
}
