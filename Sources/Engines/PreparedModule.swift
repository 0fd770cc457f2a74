import WasmFormats
import WasmModel

/// The first two phases of every in-tree engine.
enum PreparedModule {
    enum Preparation {
        case success(ValidatedModule)
        case failure(Outcome)
    }

    /// Decodes and validates the bytes.
    static func prepare(_ wasm: [UInt8], engine: String) -> Preparation {
        PhaseTrace.enter(.decode, engine: engine)
        let module: Module
        do {
            module = try BinaryDecoder.decode(wasm)
        } catch {
            return .failure(.rejected(reason: "\(error)"))
        }
        PhaseTrace.enter(.validate, engine: engine)
        do {
            return .success(try Validator.validate(module))
        } catch {
            return .failure(.rejected(reason: "\(error)"))
        }
    }
}

extension Module {
    /// The exported function of a name.
    func exportedFunction(_ name: String) -> FunctionIndex? {
        for export in exports where export.name == name {
            if case .function(let index) = export.item { return index }
        }
        return nil
    }
}

extension Invocation {
    /// What is wrong with the arguments for a function of a type; nil where they fit.
    func mismatch(with type: FunctionType) -> String? {
        guard arguments.count == type.parameters.count else {
            return "'\(export)' takes \(type.parameters.count) arguments, \(arguments.count) were given"
        }
        for (position, (argument, parameter)) in zip(arguments, type.parameters).enumerated()
        where !argument.fits(parameter) {
            return
                "argument \(position) of '\(export)' is \(argument), the parameter is \(TypeList.name(of: parameter))"
        }
        return nil
    }
}

extension WasmValue {
    fileprivate func fits(_ type: ValueType) -> Bool {
        switch (self, type) {
        case (.i32, .i32), (.i64, .i64), (.f32, .f32), (.f64, .f64), (.v128, .v128), (.reference, .reference): true
        default: false
        }
    }
}
