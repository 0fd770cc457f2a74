import Execution
import WasmModel

extension Outcome {
    /// Whether a NaN may have crossed a boundary that loses its bits: as a result, in the payload of an exception, in a global, or as an
    /// argument of a function of the host, which may have given it back.
    var mayShowNaNs: Bool {
        guard case .completed(let observation) = self else { return false }
        return observation.invocations.contains(where: \.hasNaN) || (observation.instantiation?.hasNaN ?? false)
            || observation.instances.contains { state in
                state.globals.contains { $0.value.isNaN } || !state.hostCalls.isWhole
                    || state.hostCalls.first.contains { $0.arguments.contains(where: \.isNaN) }
            }
    }
}

extension InvocationOutcome {
    fileprivate var hasNaN: Bool {
        switch self {
        case .returned(let values), .threw(_, payload: let values): values.contains(where: \.isNaN)
        case .trapped, .exhausted, .exited, .mismatched, .unseen: false
        }
    }
}

extension WasmValue {
    fileprivate var isNaN: Bool {
        switch self {
        case .f32(let bits): Float(bitPattern: bits).isNaN
        case .f64(let bits): Double(bitPattern: bits).isNaN
        case .i32, .i64, .v128, .reference: false
        }
    }
}
