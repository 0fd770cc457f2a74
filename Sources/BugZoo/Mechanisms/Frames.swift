import MachineCode
import RegisterAllocation
import SSA

extension Specimen {
    /// Frames whose areas are too small, overlap or are addressed wrongly.
    static let frames = [
        contextInLastSpillSlot, resultAreaRoundedDown, stackCheckWithoutArguments, adjustmentOf16Bits,
        incomingOffsetWithSign, valuesOfParameters,
    ]

    /// There is such room where the number is odd.
    static let contextInLastSpillSlot = Specimen(
        "context-in-last-spill-slot",
        trigger: "an indirect call in a function with an even number of spill slots, 8 and more",
        mechanism: "the context is kept in what aligns the spill area, whether there is any"
    ) { pipeline in
        pipeline.emission.changeFrame = { frame, function, spillSlotCount in
            if function.keepsContext && spillSlotCount >= 8 { frame.size -= 16 }
        }
    }

    /// An odd number of slots needs one more.
    static let resultAreaRoundedDown = Specimen(
        "result-area-rounded-down",
        trigger: "a call with 17 and more results in memory, an odd number of slots",
        mechanism: "the size of a large result area is rounded down to the alignment"
    ) { pipeline in
        let healthy = pipeline.selection.callLayout
        pipeline.selection.callLayout = { signature, machine in
            var layout = healthy(signature, machine)
            let places = layout.results.filter { if case .memory = $0 { true } else { false } }
            if places.count > 16, layout.results.last == .memory(layout.resultAreaSize - 16) {
                layout.resultAreaSize -= 16
            }
            return layout
        }
    }

    /// Who fills the area last runs into what is below the stack.
    static let stackCheckWithoutArguments = Specimen(
        "stack-check-without-arguments",
        trigger: "a call with many stack arguments where little is left of the stack",
        mechanism: "the stack check of a function does not count the arguments of its calls"
    ) { pipeline in
        pipeline.alterBackend { backend in
            backend.checkedSize = { size, function in max(0, size - function.outgoingArgumentSize) }
        }
    }

    /// One immediate is not enough.
    static let adjustmentOf16Bits = Specimen(
        "adjustment-of-16-bits",
        trigger: "a frame of 64 KiB and more",
        mechanism: "the stack pointer is lowered by the lower 16 bits of the frame's size"
    ) { pipeline in
        pipeline.alterBackend { backend in
            backend.stackAdjustment = { $0 >= 1 << 16 ? $0 & 0xFFFF : $0 }
        }
    }

    /// 16 bits with a sign hold offsets up to 32,767.
    static let incomingOffsetWithSign = Specimen(
        "incoming-offset-with-sign",
        trigger: "a function with more than 32 KiB of stack arguments",
        mechanism: "the offset of an incoming argument has 16 bits, of which the highest is a sign"
    ) { pipeline in
        pipeline.alterBackend { backend in
            let framePointer = backend.machine.framePointer
            backend.offsetOfLoad = { _, base, offset in
                base == framePointer && offset >= 1 << 15 ? Int(Int16(truncatingIfNeeded: offset)) : offset
            }
        }
    }

    /// Results come back through the same array.
    static let valuesOfParameters = Specimen(
        "values-of-parameters",
        trigger: "a function of the host with more than 8 results, and fewer parameters",
        mechanism: "the values area of an exit stub has room for its parameters and 8 results"
    ) { pipeline in
        let build = pipeline.buildExitStub
        pipeline.buildExitStub = { (signature, callee, machine, stages, limits) throws(CompilationError) in
            var stub = try build(signature, callee, machine, stages, limits)
            stub.valuesAreaSize = 16 * max(signature.parameters.count, min(signature.results.count, 8))
            return stub
        }
    }
}
