import MachineCode
import SSA

extension Specimen {
    /// Calls and tail calls whose sizes and offsets are wrong from some size on.
    static let calls = [
        poppedSizeOf16Bits, growingTailCall, shrinkingTailCall, resultOffsetOf11Bits, argumentsOfLastCall,
    ]

    /// The instruction of x86_64 pops no more.
    static let poppedSizeOf16Bits = Specimen(
        "popped-size-of-16-bits",
        trigger: "a function with 64 KiB and more of stack arguments, more than 8,192",
        mechanism: "a return pops the lower 16 bits of the size of the arguments"
    ) { pipeline in
        pipeline.alterBackend { backend in backend.poppedSize = { size, _ in size & 0xFFFF } }
    }

    /// Stack arguments are copied in pairs of slots.
    static let growingTailCall = Specimen(
        "growing-tail-call",
        trigger: "a tail call whose stack arguments are larger than the caller's by an odd number of 16 bytes",
        mechanism: "how much larger the arguments of a tail call are is rounded down to 32 bytes"
    ) { pipeline in
        pipeline.changeTailCalls { size, own in
            let growth = size - own
            return growth > 0 ? own + growth / 32 * 32 : size
        }
    }

    /// The callee pops its own arguments, and not more.
    static let shrinkingTailCall = Specimen(
        "shrinking-tail-call",
        trigger: "a tail call whose stack arguments are smaller than the caller's by 64 bytes and more",
        mechanism: "a tail call leaves its arguments where the larger ones of its function began"
    ) { pipeline in
        pipeline.changeTailCalls { size, own in own - size >= 64 && size > 0 ? own : size }
    }

    /// 256 results are many.
    static let resultOffsetOf11Bits = Specimen(
        "result-offset-of-11-bits",
        trigger: "a call with more than 256 results in memory, with the strategy definitions",
        mechanism: "a call instruction keeps the offset of a stack result in 11 bits"
    ) { pipeline in
        pipeline.changeSelected { function in
            for position in function.stackResults.indices { function.stackResults[position].offset &= 0x7FF }
        }
    }

    /// Each call overwrites what was noted for the one before.
    static let argumentsOfLastCall = Specimen(
        "arguments-of-last-call",
        trigger:
            "three calls and more of which the last has the smaller stack arguments, and a value that lives across them",
        mechanism: "from three calls on the area of outgoing arguments is as large as the last call needs"
    ) { pipeline in
        pipeline.changeSelected { function in
            // What a tail call copies has to be in the frame.
            let hasTailCalls = function.instructions.contains { $0.form == SharedForm.tailCall.rawValue }
            guard function.callSites.count >= 3, !hasTailCalls, let last = function.callSites.last else { return }
            function.outgoingArgumentSize = last.argumentSize
        }
    }
}

extension PipelineConfiguration {
    /// Changes the sizes of the arguments of tail calls.
    /// - Parameter change: gets the size and that of the function's own arguments, both in bytes.
    fileprivate mutating func changeTailCalls(_ change: @escaping @Sendable (Int, Int) -> Int) {
        changeSelected { function in
            for instruction in function.instructions where instruction.form == SharedForm.tailCall.rawValue {
                let site = Int(instruction.immediate)
                let size = function.callSites[site].argumentSize
                function.callSites[site].argumentSize = change(size, function.incomingArgumentSize)
            }
        }
    }
}
